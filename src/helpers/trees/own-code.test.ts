import { describe, expect, test } from 'vitest'
import { isSameCode } from './own-code.ts'
import { projectAt } from './project.ts'
import { testFolder, writeFiles } from './test-folder.ts'
import { testRepository } from './test-repository.ts'

type Files = Readonly<Record<string, string | object>>

const before: Files = {
  'package.json': { name: 'project', type: 'module', dependencies: { waiting: '*' } },
  'package-lock.json': { lockfileVersion: 3 },
  'src/api.ts':
    "import { wait } from 'waiting'\nimport { inner } from './inner.ts'\nexport const api = { wait, inner }\n",
  'src/inner.ts': 'export const inner: number = 1\n',
  'src/other.ts': 'export const other = 1\n',
  'perf/budgets.json': {},
  '.gitignore': 'node_modules\ndist\n',
  'node_modules/waiting/package.json': { name: 'waiting', version: '1.0.0', dependencies: { below: '*' } },
  'node_modules/waiting/index.js': 'export const wait = 1\n',
  'node_modules/below/package.json': { name: 'below', version: '1.0.0' },
}

/** Whether a library is the same code when some files become others, or come to be. */
async function isSame(
  changes: Files,
  { common = {}, library = './src/api.ts' }: { common?: Files; library?: string } = {},
) {
  using current = testRepository()
  using reference = testFolder()
  writeFiles(reference, { ...before, ...common })
  writeFiles(current, { ...before, ...common, ...changes })
  return await isSameCode(library, projectAt(current.root), reference.root, new AbortController().signal)
}

describe('own code is the same', () => {
  test.each<[string, Files]>([
    ['where nothing is another', {}],
    ['whatever becomes of files that it does not load', { 'src/other.ts': 'export const other = 2\n' }],
    ['where comments and types are others', { 'src/inner.ts': '// One.\nexport const inner = 1\n' }],
    [
      'where the manifest has other scripts, and what is there for developing',
      { 'package.json': { ...(before['package.json'] as object), scripts: {}, devDependencies: {} } },
    ],
    ['where a new file lies beside', { 'src/new.ts': '' }],
  ])('%s', async (_, changes) => {
    expect(await isSame(changes)).toBe(true)
  })
})

describe('own code is another', () => {
  test.each<[string, Files]>([
    ['where the library is another', { 'src/api.ts': 'export const api = 1\n' }],
    ['where a file that it loads is another', { 'src/inner.ts': 'export const inner = 2\n' }],
    ['where a package is another', { 'node_modules/waiting/index.js': 'export const wait = 2\n' }],
    ['where a package below is another', { 'node_modules/below/package.json': { name: 'below', version: '1.0.1' } }],
    ['where Node takes its files for others', { 'package.json': { name: 'project', dependencies: { waiting: '*' } } }],
  ])('%s', async (_, changes) => {
    expect(await isSame(changes)).toBe(false)
  })

  test('where a file is loaded that the other does not have', async () => {
    const common = { 'src/api.ts': "import './late.ts'\n" }
    expect(await isSame({ 'src/late.ts': '' }, { common })).toBe(false)
  })

  test('where CommonJS loads another file without its ending', async () => {
    const library = './lib/api.cjs'
    const common = { 'lib/api.cjs': "require('./parts')\n", 'lib/parts/index.js': '' }
    expect(await isSame({}, { common, library })).toBe(true)
    expect(await isSame({ 'lib/parts/index.js': 'exports.one = 1\n' }, { common, library })).toBe(false)
  })

  test('where what was built is another', async () => {
    const library = './dist/api.js'
    const common = { 'dist/api.js': 'export const api = 1\n' }
    expect(await isSame({ 'src/api.ts': '' }, { common, library })).toBe(true)
    expect(await isSame({ 'dist/api.js': 'export const api = 2\n' }, { common, library })).toBe(false)
  })
})

describe('own code that may load what cannot be seen', () => {
  const unseen: readonly [string, Files][] = [
    ['by a computed name', { 'src/inner.ts': 'export const inner = (name: string) => import(name)\n' }],
    ['by the file system', { 'src/inner.ts': "import 'node:fs'\nexport const inner = 1\n" }],
    ['in code that does not parse', { 'src/inner.ts': 'export enum inner { one }\n' }],
    ['in a package that is nowhere', { 'src/inner.ts': "import '@/alias'\nexport const inner = 1\n" }],
    ['in a file that is nowhere', { 'src/inner.ts': "import './nowhere.ts'\nexport const inner = 1\n" }],
  ]

  test.each(unseen)('%s is the same where all of the project is', async (_, common) => {
    expect(await isSame({}, { common })).toBe(true)
    expect(await isSame({ 'perf/budgets.json': { tuned: true }, 'dist/junk.js': '' }, { common })).toBe(true)
  })

  test.each(unseen)('%s is the same beside all that init tries out', async (_, common) => {
    const tried = { '.wiregauge-init/1/tried/0/0/api.ts': '', '.wiregauge-init/1/perf/api.ts': '' }
    expect(await isSame(tried, { common })).toBe(true)
  })

  test.each(unseen)('%s is another where any file of the project is, or is new', async (_, common) => {
    expect(await isSame({ 'src/other.ts': 'export const other = 2\n' }, { common })).toBe(false)
    expect(await isSame({ 'src/new.json': {} }, { common })).toBe(false)
  })

  test('is another where any package of the project is', async () => {
    const common: Files = { 'src/api.ts': 'export const api = (name: string) => import(name)\n' }
    expect(await isSame({}, { common })).toBe(true)
    expect(await isSame({ 'node_modules/waiting/index.js': 'export const wait = 2\n' }, { common })).toBe(false)
  })
})
