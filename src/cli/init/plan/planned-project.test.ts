import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FoundProject } from '../detect/found-project.ts'
import { languageOf } from '../detect/languages.ts'
import type { Manifest } from '../detect/manifest.ts'
import { foldersUp, packageManagerOf } from '../detect/package-manager.ts'
import { testRunnerOf } from '../detect/test-runner.ts'
import type { Proven } from '../probe/prove-guesses.ts'
import { draftFor } from '../tuning/draft.ts'
import { plannedProject } from './planned-project.ts'

let top: string
beforeEach(() => {
  top = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-planned-'))
})
afterEach(() => rmSync(top, { recursive: true }))

const usual: Proven = {
  guess: {
    module: './src/api.ts',
    exportName: 'createApi',
    local: 'createApi',
    setup: 'const api = await createApi({ baseURL: origin })',
    call: "api.getItem('42')",
  },
  names: { client: 'api', exportName: 'apiClient', scenario: 'get-item', constant: 'getItem' },
  shape: 'value',
  path: '/items/42',
  routes: [
    { path: '/items/42', json: { id: 42 } },
    { method: 'POST', path: '/token', json: { 'access-token': "it's" } },
  ],
}

interface Given {
  readonly manifest?: Manifest
  readonly files?: Readonly<Record<string, string>>
  /** Folder of the package. */
  readonly at?: string
  readonly build?: string
  /** That pull requests go to. */
  readonly branch?: string
  readonly proven?: Proven
}

/** What a project gets, by names from the top. */
function planned({ manifest = { type: 'module' }, files = {}, at = '.', build, branch, proven = usual }: Given) {
  const root = path.join(top, at)
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`
  for (const [name, each] of Object.entries({ ...files, [path.join(at, 'package.json')]: text })) {
    mkdirSync(path.dirname(path.join(top, name)), { recursive: true })
    writeFileSync(path.join(top, name), each)
  }
  const folders = foldersUp(root, top)
  const found: FoundProject = {
    root,
    top,
    manifestFile: { text, manifest },
    language: manifest.devDependencies?.['jest'] ? { ending: '.mjs', typescript: false } : languageOf(root, manifest),
    manager: packageManagerOf(root, top, manifest),
    runner: testRunnerOf(root, folders, manifest),
    ...(branch !== undefined && { repository: { top, branch, branches: [branch] } }),
    clients: [],
    folders,
  }
  const { changes, notes } = plannedProject({
    found,
    proven,
    stated: draftFor(true),
    budgets: '{}\n',
    ...(build !== undefined && { build }),
  })
  const byName = Object.fromEntries(
    changes.map((change) => [path.relative(top, change.file).split(path.sep).join('/'), change.text]),
  )
  return { files: byName, notes, scripts: scriptsOf(byName[path.posix.join(at, 'package.json')]) }
}

function scriptsOf(text: string | undefined): unknown {
  return (JSON.parse(text ?? '{}') as Manifest).scripts
}

const vitest = { type: 'module', devDependencies: { vitest: '5.1.1', typescript: '7.0.2' } }

test('adapter and spec are what somebody would write', () => {
  const { files } = planned({ manifest: vitest })
  expect(files['perf/api.ts']).toBe(`import { defineClient } from 'wiregauge'

export const apiClient = defineClient<typeof import('../src/api.ts')>(import.meta.url, 'apiClient', {
  name: 'api',
  library: './src/api.ts',
  league: 'as shipped',
  async open({ createApi }, { origin }) {
    const api = await createApi({ baseURL: origin })
    return { send: async () => ({ value: await api.getItem('42') }), close: () => {} }
  },
})
`)
  expect(files['perf/api.test.ts']).toBe(`import { describe, expect, test } from 'vitest'
import { measure, routes, scenario } from 'wiregauge'
import { apiClient } from './api.ts'

const getItem = scenario({
  name: 'get-item',
  inFlight: 4,
  path: '/items/42',
  target: routes([
    { path: '/items/42', json: { id: 42 } },
    { method: 'POST', path: '/token', json: { ['access-token']: 'it\\'s' } },
  ]),
})

describe('api', () => {
  test('get-item, 4 in flight', async () => {
    const result = await measure(apiClient, getItem)
    await expect(result).toKeepUpWith('reference', { tolerates: '2 %', catches: '8 %' })
    await expect(result).toReach('http', { tolerates: '20 %', catches: '30 %' })
    await expect(result).toCost({ allocatedBytes: { tolerates: '3 %', catches: '6 %' }, requestBytes: 'unchanged' })
  })
})
`)
})

test('a request that is no GET is what the scenario says', () => {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ it }"}' } as const
  const routes = [{ method: 'POST', path: '/graphql', json: { id: 42 } }]
  const { files } = planned({ manifest: vitest, proven: { ...usual, path: '/graphql', sent, routes } })
  expect(files['perf/api.test.ts']).toContain(`
  inFlight: 4,
  method: 'POST',
  path: '/graphql',
  headers: { ['content-type']: 'application/json' },
  body: '{"query":"{ it }"}',
  target: routes([
    { method: 'POST', path: '/graphql', json: { id: 42 } },
  ]),
`)
})

describe('with Vitest', () => {
  test('and no configuration, one is made, and `vitest run` gates as it stands', () => {
    const { files, scripts } = planned({ manifest: { ...vitest, scripts: { test: 'vitest run' } } })
    expect(Object.keys(files)).toEqual([
      'perf/api.ts',
      'perf/api.test.ts',
      'perf/budgets.json',
      'vitest.config.ts',
      '.github/workflows/wiregauge.yml',
      '.gitignore',
      'package.json',
    ])
    expect(files['.gitignore']).toBe('/reports/\n')
    expect(scripts).toEqual({ test: 'vitest run', perf: 'vitest run --project gate' })
  })

  test('and a configuration that is a plain object, that is edited', () => {
    const config = 'export default {\n  test: {\n    globals: true,\n  },\n}\n'
    const { files } = planned({ manifest: vitest, files: { 'vitest.config.ts': config } })
    expect(files['vitest.config.ts']).toContain('      budgetProject(),\n')
  })

  test('and a configuration that is code, the gate has one beside it, and the other tests leave its specs alone', () => {
    const config = 'export default defineConfig(() => ({ test: {} }))\n'
    const { files, scripts, notes } = planned({ manifest: vitest, files: { 'vitest.config.ts': config } })
    expect(files['vitest.config.ts']).toBeUndefined()
    expect(files['vitest.perf.config.ts']).toContain(`projects: [budgetProject({ include: ['perf/*.perf.ts'] })]`)
    expect(files['perf/api.perf.ts']).toContain(`from './api.ts'`)
    expect(files['perf/api.test.ts']).toBeUndefined()
    expect(scripts).toEqual({
      test: 'vitest run && npm run perf',
      perf: 'vitest run --config vitest.perf.config.ts',
    })
    expect(notes).toEqual([expect.stringContaining('vitest.config.ts is not edited')])
  })

  test.each([
    ['vitest run src', 'with a filter'],
    ['vitest run --project unit', 'without the gate'],
    ['vitest run --config other.ts', 'with another configuration'],
    ['vitest run --reporter=dot', 'without the reporter'],
    ['vitest run --coverage', 'with what would be measured as well'],
    ['npm run test:dot', 'with any of it in another script'],
    ['npm run test:unit -- --coverage', 'with what another script is told'],
    ['cd elsewhere && vitest run', 'in another folder'],
  ])('started as `%s`, %s, the gate runs once, after it, on its own', (test, _) => {
    const own = { test, 'test:unit': 'vitest run', 'test:dot': 'vitest run --reporter=dot' }
    const files = { 'vitest.config.ts': 'export default { test: { globals: true } }\n' }
    const { scripts, files: written } = planned({ manifest: { ...vitest, scripts: own }, files })
    const perf = 'vitest run --config vitest.perf.config.ts'
    expect(scripts).toEqual({ ...own, test: `${test} && npm run perf`, perf })
    expect(Object.keys(written)).toEqual(expect.arrayContaining(['perf/api.perf.ts', 'vitest.perf.config.ts']))
    expect(written['vitest.config.ts']).toBeUndefined()
  })

  test.each(['vitest', 'vitest run', 'tsc && npm run test:unit', 'pnpm test:unit', 'npx vitest run'])(
    'started as `%s`, the gate is among the tests, and is not measured again',
    (test) => {
      const own = { test, 'test:unit': 'vitest run' }
      const { scripts } = planned({ manifest: { ...vitest, scripts: own } })
      expect(scripts).toEqual({ ...own, perf: 'vitest run --project gate' })
    },
  )

  test('that the tests are not started with, the gate comes after them', () => {
    const { scripts } = planned({ manifest: { ...vitest, scripts: { test: 'node --test' } } })
    expect(scripts).toEqual({ test: 'node --test && npm run perf', perf: 'vitest run --project gate' })
  })

  test('and settings of Vite alone, the unit tests keep them', () => {
    const { files } = planned({ manifest: vitest, files: { 'vite.config.ts': 'export default { plugins: [] }\n' } })
    expect(files['vitest.config.ts']).toContain(`{ extends: './vite.config.ts', test: { name: 'unit', `)
  })

  test('in a package of CommonJS, what is written is ES modules all the same', () => {
    const { files } = planned({ manifest: { devDependencies: vitest.devDependencies } })
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['perf/api.mts', 'perf/api.test.mts', 'vitest.config.mts']),
    )
    expect(files['vitest.config.mts']).toContain(`budgetProject({ include: ['perf/*.test.mts'] })`)
    expect(files['perf/api.test.mts']).toContain(`from './api.mts'`)
  })
})

describe('with Jest', () => {
  const jest = { devDependencies: { jest: '30.0.0', typescript: '7.0.2' } }
  const perf = (binary: string) => `node --experimental-vm-modules ${binary} --config jest.perf.config.mjs --runInBand`

  test.each([
    'jest --ci',
    'jest src',
    'node --experimental-vm-modules node_modules/jest/bin/jest.js',
    'cross-env CONFIG=jest-unit jest',
  ])('started as `%s`, specs are JavaScript that Jest takes for no tests, and the gate comes after them', (test) => {
    const { files, scripts, notes } = planned({ manifest: { ...jest, scripts: { test } } })
    expect(files['jest.perf.config.mjs']).toContain(`testMatch: ['<rootDir>/perf/*.perf.mjs'],`)
    expect(files['perf/api.perf.mjs']).toContain(`from './api.mjs'`)
    expect(scripts).toEqual({ test: `${test} && npm run perf`, perf: perf('node_modules/jest/bin/jest.js') })
    expect(notes).toEqual([])
  })

  test('and no tests, those of the gate are all', () => {
    expect(planned({ manifest: jest }).scripts).toMatchObject({ test: 'npm run perf' })
  })

  test('in the folder of the workspace, it is started there', () => {
    const files = { 'node_modules/jest/bin/jest.js': '', 'pnpm-lock.yaml': '' }
    const { scripts } = planned({ manifest: jest, files, at: 'packages/sdk' })
    expect(scripts).toEqual({ test: 'pnpm run perf', perf: perf('../../node_modules/jest/bin/jest.js') })
  })
})

describe('what a build made', () => {
  const build = 'npm run build'

  test.each([
    [undefined, 'npm run build && vitest run'],
    ['vitest run', 'npm run build && vitest run'],
    ['tsc && vitest', 'npm run build && tsc && vitest'],
    ['npm run build && vitest run', 'npm run build && vitest run'],
  ])('is built before it is measured among the tests: %s', (test, expected) => {
    const { scripts } = planned({ manifest: { ...vitest, ...(test && { scripts: { test } }) }, build })
    expect(scripts).toEqual({ test: expected, perf: 'npm run build && vitest run --project gate' })
  })

  test('is built before it is measured on its own, once', () => {
    const { scripts } = planned({ manifest: { type: 'module', scripts: { test: 'node --test' } }, build })
    expect(scripts).toEqual({ test: 'node --test && npm run perf', perf: 'npm run build && wiregauge run' })
  })
})

test('without either, the command runs the specs after the tests that there are, which do not take them for theirs', () => {
  const { scripts, files } = planned({ manifest: { type: 'module', scripts: { test: 'node --test' } } })
  expect(scripts).toEqual({ test: 'node --test && npm run perf', perf: 'wiregauge run' })
  expect(Object.keys(files)).toContain('perf/api.perf.js')
})

test('a script of the name is not replaced', () => {
  expect(() => planned({ manifest: { ...vitest, scripts: { perf: 'mine' } } })).toThrow(
    'nothing is written: package.json has a script "perf" already (mine); init never overwrites, so rename it first',
  )
})

describe('the workflow', () => {
  test('reads only, has the history that a merge base needs, and keeps the reports', () => {
    const { files } = planned({ manifest: vitest, files: { 'package-lock.json': '{}' } })
    const text = files['.github/workflows/wiregauge.yml'] ?? ''
    expect(text).toContain('on: pull_request\npermissions:\n  contents: read\n')
    expect(text).toContain('          fetch-depth: 0\n          persist-credentials: false\n')
    expect(text).toContain('          cache: npm\n')
    expect(text).toContain('      - run: "npm ci"\n      - run: "npm run perf"\n')
    expect(text).toContain('          path: "reports/"\n')
  })

  test('of a package in a workspace of pnpm installs at its lock, and measures in the package, which builds first', () => {
    const files = { 'pnpm-lock.yaml': '', 'package.json': '{"packageManager":"pnpm@10.0.0"}' }
    const {
      files: written,
      notes,
      scripts,
    } = planned({ manifest: vitest, files, at: 'packages/sdk', build: 'pnpm run build' })
    const text = written['.github/workflows/wiregauge-packages-sdk.yml'] ?? ''
    expect(text).toContain(
      '      - run: "npm install --global corepack && corepack enable"\n      - run: "pnpm install --frozen-lockfile"\n',
    )
    expect(text).not.toContain('build')
    expect(scripts).toMatchObject({ perf: 'pnpm run build && vitest run --project gate' })
    expect(text).toContain('      - run: "pnpm run perf"\n        working-directory: "packages/sdk"\n')
    expect(text).toContain('          path: "packages/sdk/reports/"\n')
    expect(notes).toEqual([])
  })

  test('runs for pull requests into the branch whose merge base it compares with', () => {
    const ofBranch = (branch: string) => planned({ manifest: vitest, branch }).files['.github/workflows/wiregauge.yml']
    expect(ofBranch('main')).toContain('on:\n  pull_request:\n    branches: ["main"]\npermissions:\n')
    expect(ofBranch('v1.x+next')).toContain(String.raw`branches: ["v1.x\\+next"]`)
  })

  test('holds names that mean something in YAML as they are', () => {
    const { files } = planned({ manifest: vitest, at: '@acme/a: b #1', files: { 'package-lock.json': '{}' } })
    const text = files['.github/workflows/wiregauge--acme-a-b-1.yml'] ?? ''
    expect(text).toContain('name: "wiregauge--acme-a-b-1"\n')
    expect(text).toContain('        working-directory: "@acme/a: b #1"\n')
    expect(text).toContain('          path: "@acme/a: b #1/reports/"\n')
  })

  test('of Yarn 1 keeps to its lock with the option that it has', () => {
    const { files } = planned({ manifest: vitest, files: { 'yarn.lock': '# yarn lockfile v1\n' } })
    expect(files['.github/workflows/wiregauge.yml']).toContain('- run: "yarn install --frozen-lockfile"\n')
  })
})

test('a configuration of the whole workspace is told about, whose projects may take the specs', () => {
  const files = { 'vitest.config.ts': '', 'pnpm-lock.yaml': '' }
  const { notes } = planned({ manifest: vitest, files, at: 'packages/sdk' })
  expect(notes).toEqual([expect.stringMatching(/^\.\.\/\.\.\/vitest\.config\.ts may take perf/)])
})

test('a lock of Bun is no lock of npm, which is told', () => {
  const note = 'bun.lock is left alone: scripts and workflow use npm, which installs without it'
  expect(planned({ manifest: vitest, files: { 'bun.lock': '' } }).notes).toEqual([note])
  expect(planned({ manifest: vitest, files: { 'package-lock.json': '{}' } }).notes).toEqual([])
})

test('what was there stays as it was, but for what is added', () => {
  const manifest = { ...vitest, scripts: { test: 'vitest' } }
  planned({ manifest })
  expect(readFileSync(path.join(top, 'package.json'), 'utf8')).toBe(`${JSON.stringify(manifest, undefined, 2)}\n`)
})
