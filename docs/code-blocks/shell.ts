import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type ExportingManifest, publicModules } from '../../scripts/api-reference/public-modules.ts'
import { repository } from './blocks.ts'

const execute = promisify(execFile)

/** A command in a block: its words, quotes taken off. */
export type Words = readonly string[]

/**
 * The commands of a text for a shell, as far as documentation goes: comments, continued lines, quotes, and what stands between
 * `;`, `&&`, `||` and `|`. What a shell makes of variables is left as it is.
 */
export function commandsOf(text: string): readonly Words[] {
  const lines = text.replaceAll(/\\\n\s*/g, ' ').split('\n')
  return lines.flatMap((line) => {
    const commands: string[][] = [[]]
    for (const [word] of line.matchAll(/(?<!\S)#.*$|&&|\|\||[;|]|(?:'[^']*'|"[^"]*"|[^\s'";|&])+/g)) {
      if (word.startsWith('#')) break
      if (separators.includes(word)) commands.push([])
      else commands.at(-1)?.push(word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'))
    }
    return commands.map(withoutIntroduction).filter((words) => words.length > 0)
  })
}

const separators: readonly string[] = ['&&', '||', ';', '|']

/** What introduces a command, and variables that are set for it, are none of its words. */
function withoutIntroduction(words: Words): Words {
  const first = words.findIndex((word) => !introductions.includes(word) && !/^[A-Z_]+=/.test(word))
  return first < 0 ? [] : words.slice(first)
}

const introductions: readonly string[] = ['do', 'then', 'else', 'if', '!', '{']

/** Programs that are everybody's, and words of the shell itself. */
const ordinary: readonly string[] = '[ } cat cd cp done echo export fi for git mkdir mv rm true'.split(' ')

/** What is wrong with documented commands, a line each: an option that does not exist, a script that is not there. */
export async function problemsOf(commands: readonly Words[]): Promise<readonly string[]> {
  const resolved = commands.map(resolve)
  const unknown = resolved.flatMap((each) => ('problem' in each ? each.problem : []))
  const calls = resolved.filter((each) => 'program' in each)
  const ours = calls.filter(({ program }) => program === 'wiregauge').map(({ words }) => words)
  const vitests = calls.filter(({ program }) => program === 'vitest').flatMap(({ words }) => words)
  const nodes = calls.filter(({ program }) => program === 'node')
  return [
    ...unknown,
    ...commands.flat().flatMap(problemOfModule),
    ...(await problemsOfOurs(ours)),
    ...(await problemsOfVitest(vitests)),
    ...(await Promise.all(nodes.map(({ words }) => problemsOfNode(words)))).flat(),
  ]
}

/** What a command runs in the end, or what is wrong with it. */
type Resolved =
  | { readonly problem: string }
  | { readonly program: 'wiregauge' | 'vitest' | 'node' | 'other'; readonly words: Words }

function resolve([program = '', ...words]: Words): Resolved {
  const [first = '', ...rest] = words
  if (ordinary.includes(program)) return { program: 'other', words }
  if (program === 'npx' && (first === 'wiregauge' || first === 'vitest')) return { program: first, words: rest }
  if (program === 'npm' || program === 'pnpm') return resolveNpm(words)
  if (program === 'node' && first === 'bin/wiregauge.js') return { program: 'wiregauge', words: rest }
  if (program === 'node') return { program, words }
  if (program === 'vitest' || program === 'wiregauge') return { program, words }
  return { problem: `${[program, ...words].join(' ')}: the test of the pages does not know ${program}` }
}

const manifest = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as ExportingManifest & {
  readonly scripts: Readonly<Record<string, string>>
}
const { scripts } = manifest
const modules: readonly string[] = publicModules(manifest).map(({ specifier }) => specifier)

/** A module of the package that an option names, such as a reporter, has to be exported. */
function problemOfModule(word: string): readonly string[] {
  const [, module] = /^--[\w-]+=(wiregauge\/.*)$/.exec(word) ?? []
  return module === undefined || modules.includes(module) ? [] : [`${word}: the package has no such export`]
}

function resolveNpm([verb = '', ...words]: Words): Resolved {
  if (['ci', 'install', 'add', 'pack'].includes(verb)) return { program: 'other', words }
  const name = verb === 'run' ? (words[0] ?? '') : verb
  const { [name]: script } = scripts
  if (script === undefined) return { problem: `npm ${[verb, ...words].join(' ')}: package.json has no such script` }
  const separator = words.indexOf('--')
  const [own = []] = commandsOf(script)
  return separator < 0 || own[0] === 'npm'
    ? { program: 'other', words: own }
    : resolve([...own, ...words.slice(separator + 1)])
}

/** By the command's own parser. */
async function problemsOfOurs(lines: readonly Words[]): Promise<readonly string[]> {
  if (lines.length === 0) return []
  const parser = fileURLToPath(new URL('./parse-commands.ts', import.meta.url))
  const { stdout } = await execute(process.execPath, [parser, JSON.stringify(lines)], { cwd: repository })
  const problems: readonly (string | null)[] = JSON.parse(stdout)
  return problems.flatMap((problem, index) =>
    problem === null ? [] : `wiregauge ${lines[index]?.join(' ')}: ${problem}`,
  )
}

async function problemsOfVitest(words: Words): Promise<readonly string[]> {
  if (words.length === 0) return []
  const program = path.join(repository, 'node_modules/vitest/vitest.mjs')
  const { stdout } = await execute(process.execPath, [program, 'run', '--help'], {
    env: { ...process.env, NO_COLOR: '1' },
  })
  // Its help has `--tagsFilter` for what is mostly written `--tags-filter`.
  const known = [...stdout.matchAll(/--(\w+)/g)].map(([, name = '']) => name.toLowerCase())
  const names = words.flatMap((word) => /^--[\w-]+/.exec(word)?.[0] ?? [])
  return names
    .filter((name) => !known.includes(name.replaceAll('-', '').toLowerCase()))
    .map((name) => `vitest has no option ${name}`)
}

/** Options of Node by its own help; then a script of this repository, or files for its test runner, or what a package brings along. */
async function problemsOfNode(words: Words): Promise<readonly string[]> {
  const first = words.findIndex((word) => !word.startsWith('-'))
  const own = first < 0 ? words : words.slice(0, first)
  const [file, ...rest] = first < 0 ? [] : words.slice(first)
  const problems = own.length === 0 ? [] : await problemsOfNodeOptions(own)
  if (file === undefined || file.startsWith('node_modules/') || own.includes('--test')) return problems
  return [...problems, ...problemsOfScript(file, rest)]
}

async function problemsOfNodeOptions(words: Words): Promise<readonly string[]> {
  const { stdout } = await execute(process.execPath, ['--help'])
  const known = [...stdout.matchAll(/(?<=[\s,])--?[\w-]+/g)].map(([name]) => name)
  return words
    .map((word) => word.replace(/=.*/, ''))
    .filter((name) => !known.includes(name))
    .map((name) => `node has no option ${name}`)
}

/** Scripts of this repository parse strictly, and so name what they take. */
function problemsOfScript(file: string, words: Words): readonly string[] {
  if (!existsSync(path.join(repository, file))) return [`node ${file}: there is no such file`]
  const text = readFileSync(path.join(repository, file), 'utf8')
  const names = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).replace(/=.*/, ''))
  return names.filter((name) => !text.includes(name)).map((name) => `node ${file} has no option --${name}`)
}
