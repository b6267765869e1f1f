import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-collect-'))
afterAll(() => rmSync(folder, { recursive: true }))

let projects = 0

// In one piece, Vitest would read it as a tag of this file.
const moduleTag = ['@module', 'tag'].join('-')

/** What collecting the specs of a project gives in a process of its own, where Vitest loads nothing. */
async function collected(files: Readonly<Record<string, string>>, which = ''): Promise<unknown> {
  const root = path.join(folder, String(projects++))
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const address = (file: string) => JSON.stringify(new URL(file, import.meta.url).href)
  const program = `
    const { collectSpecs, ofGate } = await import(${address('./collect.ts')})
    const { projectAt } = await import(${address('../../helpers/trees/project.ts')})
    const given = await collectSpecs(projectAt('.')).then(
      (tests) => ${which}(tests).map(({ name }) => name),
      ({ name, code, message }) => ({ name, code, message }),
    )
    console.log(JSON.stringify(given))`
  mkdirSync(root, { recursive: true })
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { cwd: root })
  return JSON.parse(stdout)
}

test('specs get the stand-in for vitest, also through modules beside them, and are loaded in the order of their names', async () => {
  const names = await collected({
    'perf/b.test.ts': `import { describe, test } from 'vitest'\ndescribe('b', () => test('two', () => {}))`,
    'perf/a.test.ts': `import { add } from './shared.ts'\nadd('one' as string)`,
    'perf/shared.ts': `import { test } from 'vitest'\nexport const add = (name: string) => test(name, () => {})`,
    'perf/notes.ts': `throw new Error('is no spec')`,
    'perf/deep/c.test.ts': `throw new Error('is none of them')`,
  })
  expect(names).toEqual(['one', 'b > two'])
})

test('specs of Jest and of node:test get the same, in whatever kind of module they are, and have globals as under Jest', async () => {
  const nodeTest = JSON.stringify(new URL('../../helpers/node-test/index.ts', import.meta.url).href)
  const names = await collected({
    'perf/a.test.mjs': `import { test } from '@jest/globals'\ntest('of Jest', () => {})`,
    'perf/b.test.cjs': `const { test } = require('@jest/globals')\ntest('of Jest, CommonJS', () => {})`,
    'perf/c.test.js': `describe('global', () => it('of Jest', () => {}))`,
    'perf/e.perf.mjs': `test('of the gate alone', () => {})`,
    'perf/d.test.mts': `import { describe } from 'node:test'\nimport { test } from ${nodeTest}\ndescribe('d', () => test('of node:test' as string, () => {}))`,
  })
  expect(names).toEqual(['of Jest', 'of Jest, CommonJS', 'global > of Jest', 'd > of node:test', 'of the gate alone'])
})

test('tests have the tags of their files, and those that no tag calls wide are the gate', async () => {
  const names = await collected(
    {
      'perf/a.test.ts': `// ${moduleTag} wide\nimport { test } from 'vitest'\ntest('of a wide file', () => {})`,
      'perf/b.test.ts': `import { test } from 'vitest'\ntest('wide', { tags: ['wide'] }, () => {})\ntest('of the gate', () => {})`,
    },
    'ofGate',
  )
  expect(names).toEqual(['of the gate'])
})

test('a project without specs is wrong', async () => {
  expect(await collected({ 'perf/budgets.json': '{}' })).toEqual({
    name: 'UsageError',
    code: 'WIREGAUGE_USAGE',
    message: 'there are no specs (*.test.ts or *.perf.ts) in perf',
  })
})

test('a spec that cannot be loaded is wrong, with file and cause', async () => {
  expect(await collected({ 'perf/broken.test.ts': `throw new Error('no such budget')` })).toEqual({
    name: 'UsageError',
    code: 'WIREGAUGE_USAGE',
    message: `${path.join('perf', 'broken.test.ts')} could not be loaded: no such budget`,
  })
})

test('of a module that cannot be read, the place is told', async () => {
  const given = await collected({
    'perf/broken.test.ts': `import '../src/adapter.ts'`,
    'src/adapter.ts': '\nexport const client = = 1',
  })
  expect(given).toMatchObject({
    code: 'WIREGAUGE_USAGE',
    message: expect.stringMatching(/^perf.broken\.test\.ts could not be loaded: .* at .*src.adapter\.ts:2$/),
  })
})

test('modules outside of the specs keep their own vitest', async () => {
  const given = await collected({
    'perf/a.test.ts': `import '../perf-tools/other.ts'`,
    'perf-tools/other.ts': `import { test } from 'vitest'\ntest('stray', () => {})`,
  })
  expect(given).toMatchObject({ name: 'UsageError', message: expect.stringContaining("Cannot find package 'vitest'") })
})
