// @module-tag wide
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestFolder, testFolder } from '../../helpers/trees/test-folder.ts'

// Every outcome is that of processes of their own, which take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const address = (file: string) => JSON.stringify(new URL(file, import.meta.url).href)
const manifest =
  '{\n  "name": "shop",\n  "type": "module",\n  "scripts": { "test": "vitest run" },\n  "devDependencies": { "typescript": "7.0.2", "vitest": "5.1.1" }\n}\n'
const api = `export const createApi = ({ baseURL }) => ({
  getItem: async (id) => (await fetch(baseURL + '/items/' + id)).json(),
})
`

let project: TestFolder
beforeEach(() => {
  project = testFolder()
  project.write('package.json', manifest)
  project.write('src/api.js', api)
  // The package leads to the code under test, of which there must be one instance.
  project.write('node_modules/wiregauge/package.json', '{"type":"module","exports":"./index.js"}')
  project.write('node_modules/wiregauge/index.js', `export * from ${address('../../helpers/index.ts')}`)
})
afterEach(() => project[Symbol.dispose]())

/** What `wiregauge init` comes to with recorded runs in the place of measuring, in a process where Vitest loads nothing. */
async function outcomeOf(options: object, answers?: readonly string[]) {
  const program = `
    const { init } = await import(${address('./init.ts')})
    const { nullOf, recordOf } = await import(${address('../tune/test-tuning.ts')})
    const { loadOf } = await import(${address('../../helpers/budgets/test-measurement.ts')})
    const { writeFileSync, mkdirSync } = await import('node:fs')
    const lines = []
    let out = ''
    const progress = { live() {}, line: (text) => lines.push(text), end() {} }
    const { signal } = new AbortController()
    const surroundings = { root: process.cwd(), out: { write: (text) => { out += text } }, progress, signal }
    const measure = async ({ project }) => [0, 1, 2].map((run) => {
      const load = [1000, 1100, 950].map((rate, seed) => ({ seed, clients: [loadOf('api', rate + 20 * run), loadOf('http', 10_000)] }))
      const file = project.reports + '/run-' + run + '.json'
      mkdirSync(project.reports, { recursive: true })
      const startedAt = new Date(run * 60_000).toISOString()
      const measurement = nullOf(undefined, { client: 'api', scenario: 'get-item', load, startedAt })
      writeFileSync(file, JSON.stringify(recordOf([measurement], { startedAt })))
      return file
    })
    const answers = ${JSON.stringify(answers ?? null)}
    const { QuestionInterruptedError } = await import(${address('./questions.ts')})
    const ask = async (question, otherwise) => {
      const answer = answers.shift() ?? otherwise
      if (answer === '^C') throw new QuestionInterruptedError()
      return answer
    }
    const questions = answers && { ask }
    const outcome = await init(${JSON.stringify(options)}, surroundings, { measure, ...(questions && { questions }) })
      .catch(({ code, message }) => ({ code, message }))
    console.log(JSON.stringify({ outcome, lines, out }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: project.root,
  })
  return JSON.parse(stdout) as { outcome: unknown; lines: readonly string[]; out: string }
}

const usage = (message: string) => ({ code: 'WIREGAUGE_USAGE', message: expect.stringContaining(message) })

test('everything is written, with thresholds that the scatter allows, and told with how to undo it', async () => {
  const { outcome, out } = await outcomeOf({ yes: true, reference: false })
  expect(outcome).toBe(0)
  const spec = readFileSync(path.join(project.root, 'perf/api.test.ts'), 'utf8')
  const [, catches] = /toReach\('http', \{ tolerates: '[\d.]+ %', catches: '([\d.]+) %' \}\)/.exec(spec) ?? []
  expect(Number(catches)).toBeGreaterThan(30)
  const { $schema, tuned, clients } = JSON.parse(readFileSync(path.join(project.root, 'perf/budgets.json'), 'utf8'))
  expect($schema).toContain('node_modules/wiregauge/')
  expect(tuned).toMatchObject({ runs: 3 })
  expect(clients.api['get-item']).toMatchObject({ against: { http: {} }, requestBytes: { expected: 190 } })
  expect(out).toContain('client     createApi of ./src/api.js: createApi({ baseURL: origin })')
  expect(out).toContain('undo: delete perf/api.ts perf/api.test.ts perf/budgets.json vitest.config.ts')
  expect(out).toContain('it catches cliffs, and no small change')
  expect(readdirSync(project.root).sort()).toEqual([
    '.github',
    '.gitignore',
    'node_modules',
    'package.json',
    'perf',
    'src',
    'vitest.config.ts',
  ])
  expect(readFileSync(path.join(project.root, 'package.json'), 'utf8')).toBe(
    manifest.replace('"test": "vitest run"', '"test": "vitest run", "perf": "vitest run --project gate"'),
  )
})

test('without a terminal, and without --yes, it is shown and nothing is written', async () => {
  const { outcome, out } = await outcomeOf({ reference: false })
  expect(outcome).toEqual(usage('nothing is written: there is no terminal to ask in; add --yes'))
  expect(out).toContain('  new   perf/api.test.ts (')
  expect(readdirSync(project.root).sort()).toEqual(['node_modules', 'package.json', 'src'])
})

test('who is asked may decline', async () => {
  expect((await outcomeOf({ reference: false }, ['no'])).outcome).toEqual(usage('nothing is written'))
  expect(existsSync(path.join(project.root, 'perf'))).toBe(false)
})

test('who interrupts at a question is told that nothing is written', async () => {
  const { outcome, lines } = await outcomeOf({ reference: false }, ['^C'])
  expect({ outcome, last: lines.at(-1) }).toEqual({ outcome: 130, last: 'interrupted: nothing is written' })
  expect(readdirSync(project.root).sort()).toEqual(['node_modules', 'package.json', 'src'])
})

test('who is asked tells what cannot be guessed', async () => {
  project.write(
    'src/api.js',
    `export const odd = (...all) => ({ run: async () => (await fetch(all[0] + '/run')).json() })`,
  )
  const answers = ['./src/api.js', 'odd', 'odd(origin)', 'api.run()', '', 'y']
  const { outcome, out, lines } = await outcomeOf({ reference: false }, answers)
  expect(lines[0]).toContain('and no export that could be called; name it: --module ./src/api.ts')
  expect(out).toContain('client     odd of ./src/api.js: odd(origin), then api.run()')
  // The recorded runs are those of another scenario.
  expect(outcome).toEqual(usage('nothing is written: no run could be learnt from'))
  expect(existsSync(path.join(project.root, 'perf'))).toBe(false)
})

test.each([
  ['perf/api.ts', 'there already; init never overwrites'],
  ['perf/budgets.json', 'the project has budgets'],
  ['.github/workflows/wiregauge.yml', 'there already; init never overwrites'],
])('nothing is overwritten: %s', async (name, message) => {
  project.write(name, 'mine')
  expect((await outcomeOf({ yes: true, reference: false })).outcome).toEqual(usage(message))
  expect(readFileSync(path.join(project.root, name), 'utf8')).toBe('mine')
  expect(readFileSync(path.join(project.root, 'package.json'), 'utf8')).toBe(manifest)
})

test('without a commit to compare with, a weak gate has to be asked for', async () => {
  expect((await outcomeOf({ yes: true })).outcome).toEqual(
    usage('or take a gate that catches cliffs only: --no-reference'),
  )
})

test('a project without wiregauge among its packages is told to install it', async () => {
  rmSync(path.join(project.root, 'node_modules'), { recursive: true })
  expect((await outcomeOf({ yes: true })).outcome).toEqual(usage('npm install --save-dev wiregauge'))
})
