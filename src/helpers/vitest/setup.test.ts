import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { measuringEnvironment } from '../measure/environment.ts'

// Each run is a Vitest of its own, which a busy machine may let wait.
vi.setConfig({ testTimeout: 60_000 })

const repository = fileURLToPath(new URL('../../../', import.meta.url))
let root: string

beforeEach(() => {
  const workFolder = path.join(repository, 'fixtures', '.work')
  mkdirSync(workFolder, { recursive: true })
  // In the repository, whose Vitest it takes.
  root = mkdtempSync(path.join(workFolder, 'setup-'))
  mkdirSync(path.join(root, 'perf'))
  writeFileSync(
    path.join(root, 'vitest.config.ts'),
    `import { budgetProject } from '${new URL('./project.ts', import.meta.url).href}'
     export default { test: {
       reporters: ['default', '${fileURLToPath(new URL('./reporter.ts', import.meta.url))}'],
       projects: [budgetProject({ root: '${repository}' })],
     } }`,
  )
})
afterEach(() => rmSync(root, { recursive: true }))

/** What a Vitest says that runs a spec with a test. @param options Of the test. */
function runOf(
  test: string,
  words: readonly string[] = [],
): { readonly exitCode: number | null; readonly errors: string } {
  writeFileSync(
    path.join(root, 'perf', 'axios.test.ts'),
    `import { expect, test } from 'vitest'\nlet tries = 0\n${test}`,
  )
  const vitest = path.join(repository, 'node_modules', '.bin', 'vitest')
  const env = { ...measuringEnvironment(process.env), CI: '1', NO_COLOR: '1' }
  const { status, stderr } = spawnSync(process.execPath, [vitest, 'run', ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return { exitCode: status, errors: stderr }
}

const again = 'UsageError: the test is run again; leave `retry` and `repeats` at 0'

test.each<[string, string, string[]]>([
  ['the command line', "test('flaky', () => expect(++tries).toBe(2))", ['--retry=2']],
  ['the test', "test('flaky', { retry: 2 }, () => expect(++tries).toBe(2))", []],
  ['repeats', "test('often', { repeats: 1 }, () => {})", []],
])('a test with budgets that is run again by %s is wrong usage', (_, test, words) => {
  const { exitCode, errors } = runOf(test, words)
  expect(errors).toContain(again)
  expect(exitCode).toBe(2)
})
