import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { build } from './build.ts'
import { InstallInterruptedError } from './npm-error.ts'
import { testFolder } from './test-folder.ts'

const { signal } = new AbortController()

/** A build in an empty folder. */
function stage() {
  const folder = testFolder()
  const logFile = path.join(folder.root, 'log')
  const given = { folder: folder.root, binaries: [], ref: 'main', logFile, environment: process.env, signal }
  return { given, logFile, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

test('a build that does not end is ended, with all that it has started', async () => {
  using at = stage()
  // It says something before it hangs, in a process of its own.
  const command = `echo begun && ${JSON.stringify(process.execPath)} -e "setInterval(() => {}, 1e6)"`
  const hanging = build({ ...at.given, command, limitMs: 500 })
  await expect(hanging).rejects.toThrow(UsageError)
  await expect(hanging).rejects.toThrow('did not end within 0.5 s:\n  begun\n')
  expect(readFileSync(at.logFile, 'utf8')).toBe('begun\n')
})

test('a build ends with the signal, which is no fault of it', async () => {
  using at = stage()
  const controller = new AbortController()
  const running = build({ ...at.given, command: 'sleep 600', signal: controller.signal })
  setTimeout(() => controller.abort(), 50)
  await expect(running).rejects.toThrow(new InstallInterruptedError('main'))
})

test('a build that fails without a word is told to', async () => {
  using at = stage()
  await expect(build({ ...at.given, command: 'exit 1' })).rejects.toThrow('exited with code 1:\n  it said nothing\n')
})

test.each([
  [{ VITEST: 'true', VITEST_WORKER_ID: '1', MODE: 'test' }],
  [{ JEST_WORKER_ID: '1' }],
  [{ NODE_TEST_CONTEXT: 'child-v8', NODE_TEST_WORKER_ID: '1' }],
])('a build is told nothing of the runner around it: %o', async (runner) => {
  using at = stage()
  const { PATH } = process.env
  const told = 'test -z "$NODE_ENV$MODE$VITEST$VITEST_WORKER_ID$JEST_WORKER_ID$NODE_TEST_CONTEXT$NODE_TEST_WORKER_ID"'
  await build({ ...at.given, command: told, environment: { PATH, NODE_ENV: 'test', ...runner } })
  // What nobody but the user has set is kept.
  const ofUser = { PATH, NODE_ENV: 'production', MODE: 'fast' }
  await build({ ...at.given, command: 'test "$NODE_ENV $MODE" = "production fast"', environment: ofUser })
})
