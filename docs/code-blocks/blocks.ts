import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const repository = fileURLToPath(new URL('../../', import.meta.url))

/** What a block can be; anything else is a mistake. CONTRIBUTING says how each is checked. */
export const kinds = ['text', 'sh', 'ts', 'js', 'json', 'jsonc', 'yaml'] as const

/** A fenced block of a page. */
export interface Block {
  /** The page, from the root, with the line of the block's first line: `docs/tuning.md:12`. */
  readonly place: string
  readonly page: string
  /** The first word behind the fence; empty where there is none. */
  readonly kind: string
  /** The name behind `file=`: where in a project it would stand. */
  readonly file?: string
  /** Whether the word `run` stands behind the kind: the test of the pages runs it. */
  readonly runs: boolean
  /** The test that has it run where it can be, from the root: the name behind `run=`. */
  readonly runBy?: string
  readonly text: string
}

/** The pages whose blocks are checked: those of people, and not those that a tool writes. */
export const pages: readonly string[] = globSync(
  ['*.md', 'docs/*.md', 'reports/README.md', 'fixtures/**/README.md', '.github/*.md'],
  { cwd: repository, exclude: ['**/node_modules/**', 'fixtures/.work/**'] },
).sort()

/** What pages show and a test elsewhere runs, where a package is installed or a while is measured. @throws where there is nothing. */
export function blocksRunBy(test: string): readonly [Block, ...Block[]] {
  const [first, ...others] = pages.flatMap((page) => blocksOf(page)).filter(({ runBy }) => runBy === test)
  if (first === undefined) throw new Error(`no block of a page has run=${test} behind its kind`)
  return [first, ...others]
}

/** The fenced blocks of a page, in order. @throws when a fence is not closed. */
export function blocksOf(page: string, markdown = readFileSync(path.join(repository, page), 'utf8')): readonly Block[] {
  const blocks: Block[] = []
  let open: { fence: string; info: string; first: number } | undefined
  const lines = markdown.split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    const [, fence = '', info = ''] = /^ {0,3}(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line) ?? []
    if (open === undefined && fence !== '') open = { fence, info, first: index + 1 }
    else if (open !== undefined && info === '' && fence.startsWith(open.fence)) {
      blocks.push(blockOf(page, open.info, open.first + 1, lines.slice(open.first, index)))
      open = undefined
    }
  }
  if (open !== undefined) throw new Error(`${page}:${open.first}: this block is not closed`)
  return blocks
}

function blockOf(page: string, info: string, line: number, lines: readonly string[]): Block {
  const [kind = '', ...words] = info.split(/\s+/)
  const valueAfter = (name: string): string | undefined =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1)
  const [file, runBy] = ['file', 'run'].map(valueAfter)
  const unknown = words.find((word) => word !== 'run' && !/^(?:file|run)=/.test(word))
  if (unknown !== undefined) throw new Error(`${page}:${line}: a block knows no ${JSON.stringify(unknown)}`)
  return {
    place: `${page}:${line}`,
    page,
    kind,
    ...(file === undefined ? {} : { file }),
    runs: words.includes('run'),
    ...(runBy === undefined ? {} : { runBy }),
    text: `${lines.join('\n')}\n`,
  }
}
