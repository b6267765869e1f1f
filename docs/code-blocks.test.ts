import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Block, blocksOf, kinds, pages, repository } from './code-blocks/blocks.ts'
import { problemsOfData } from './code-blocks/data.ts'
import { ownPathsIn } from './code-blocks/own-paths.ts'
import { type ReadersProject, readersProject } from './code-blocks/readers-project.ts'
import { recordedProject } from './code-blocks/recorded-project.ts'
import type { SpecsOutcome } from './code-blocks/run-specs.ts'
import { commandsOf, problemsOf } from './code-blocks/shell.ts'

/** What the pages show is tried here: each block by its kind, as CONTRIBUTING says. */

const execute = promisify(execFile)
const blocks = pages.flatMap((page) => blocksOf(page))
const ofKind = (...wanted: readonly string[]): readonly Block[] => blocks.filter(({ kind }) => wanted.includes(kind))
const named = (some: readonly Block[]) => some.map((block) => [block.place, block] as const)

test('pages have blocks of every kind but those of which there are few, and no others', () => {
  const found = new Set(blocks.map(({ kind }) => kind))
  for (const kind of ['text', 'sh', 'ts', 'yaml']) expect(found).toContain(kind)
  expect(blocks.filter(({ kind }) => !(kinds as readonly string[]).includes(kind)).map(({ place }) => place)).toEqual(
    [],
  )
})

describe('for a shell:', () => {
  test.each(named(ofKind('sh')))('%s is what a shell can read', async (_, { text }) => {
    await execute('bash', ['-n', '-c', text])
  })

  test('every command, script and option exists', async () => {
    const commands = ofKind('sh').flatMap(({ text }) => commandsOf(text))
    expect(commands.length).toBeGreaterThan(20)
    expect(await problemsOf(commands)).toEqual([])
  }, 60_000)

  /** This one is for those who have the checkout. */
  const isForUsers = ({ page }: Block): boolean => page !== 'CONTRIBUTING.md'

  test('what is for users names no path of this repository, which they do not have', () => {
    const wrong = ofKind('sh')
      .filter(isForUsers)
      .flatMap(({ place, text }) => ownPathsIn(text).map((name) => `${place}: ${name}`))
    expect(wrong).toEqual([])
  })

  const run = ofKind('sh').filter(({ runs }) => runs)

  test('there are commands to run, here and by other tests', () => {
    expect(run).not.toEqual([])
    expect(ofKind('sh').filter(({ runBy }) => runBy !== undefined)).not.toEqual([])
  })

  test.each(named(run))(
    '%s runs, in a project that has results',
    async (_, { text }) => {
      using project = recordedProject()
      const binaries = [path.join(project.root, 'node_modules/.bin'), path.dirname(process.execPath)]
      await execute('bash', ['-euc', text], {
        cwd: project.root,
        env: { ...process.env, PATH: [...binaries, process.env['PATH']].join(path.delimiter) },
      })
    },
    60_000,
  )

  test.each(named(blocks.filter(({ runBy }) => runBy !== undefined)))(
    '%s is run by the test that it names',
    (_, { runBy = '' }) => {
      expect(readFileSync(path.join(repository, runBy), 'utf8')).toContain(`blocksRunBy('${runBy}')`)
    },
  )
})

describe('data:', () => {
  test.each(named(ofKind('json', 'jsonc', 'yaml')))('%s has the form that it is meant to have', (_, block) => {
    expect(problemsOfData(block)).toEqual([])
  })

  const own = ['.github/workflows', '.github/actions', '.github/ISSUE_TEMPLATE']
  test.each(own)('so have the files in %s', async (folder) => {
    const { stdout } = await execute('git', ['ls-files', `${folder}/**.yml`], { cwd: repository })
    const files = stdout.trim().split('\n')
    expect(files).not.toEqual([''])
    for (const file of files) {
      const text = readFileSync(path.join(repository, file), 'utf8')
      expect({ file, problems: problemsOfData({ kind: 'yaml', text }) }).toEqual({ file, problems: [] })
    }
  })
})

describe('programs:', () => {
  const isSpec = ({ file = '' }: Block): boolean => /^perf\/.*\.test\.[jt]s$/.test(file)
  /** Vitest alone can run these: `fixtures/bench/provider.red.test.ts` has it do so. */
  const isBench = ({ file = '' }: Block): boolean => file.endsWith('.bench.ts')
  const isExcerpt = ({ page, file }: Block): boolean => page === 'CONTRIBUTING.md' && file !== undefined
  const programs = ofKind('ts', 'js').filter((block) => !isExcerpt(block))
  const specs = programs.filter(isSpec)
  let project: ReadersProject
  const fileOf = new Map<Block, string>()

  beforeAll(() => {
    project = readersProject()
    for (const page of pages)
      project.write(path.relative(project.root, path.join(project.folderOf(page), 'package.json')), { type: 'module' })
    for (const block of programs) fileOf.set(block, project.add(block))
  })
  afterAll(() => project[Symbol.dispose]())

  test.each(named(blocks.filter(isExcerpt)))('%s is an excerpt of its file', (_, { file = '', text }) => {
    expect(readFileSync(path.join(repository, file), 'utf8')).toContain(text)
  })

  test('their types are right', async () => {
    project.write('tsconfig.json', {
      extends: path.join(repository, 'tsconfig.json'),
      compilerOptions: {
        noUnusedLocals: false,
        noUnusedParameters: false,
        allowJs: true,
      },
      // Declarations that the sources need, where a package would have its own; and the matchers, as set-up files give them.
      files: [
        ...globSync(path.join(repository, 'src/**/*.d.ts')),
        path.join(repository, 'src/helpers/vitest/matchers.ts'),
      ],
      include: ['pages'],
    })
    const compiler = path.join(repository, 'node_modules/typescript/bin/tsc')
    const { stdout } = await execute(process.execPath, [compiler, '-p', project.root], { cwd: project.root }).catch(
      (error) => error,
    )
    expect(stdout).toBe('')
  }, 60_000)

  test.each(named(programs.filter((block) => !isSpec(block) && !isBench(block))))(
    '%s runs',
    async (_, block) => {
      await execute(process.execPath, [fileOf.get(block) ?? ''], { cwd: project.folderOf(block.page), timeout: 20_000 })
    },
    30_000,
  )

  test.each([...new Set(specs.map(({ page }) => page))])(
    'the specs of %s measure, and their budgets can be decided',
    async (page) => {
      const runner = path.join(import.meta.dirname, 'code-blocks/run-specs.ts')
      const { stdout } = await execute(process.execPath, [runner, project.folderOf(page)], {
        cwd: project.folderOf(page),
      })
      const { verdicts, failures }: SpecsOutcome = JSON.parse(stdout)
      expect(failures).toEqual([])
      expect(verdicts).not.toEqual([])
      expect(verdicts.filter((verdict) => verdict.endsWith(': invalid'))).toEqual([])
    },
    120_000,
  )
})
