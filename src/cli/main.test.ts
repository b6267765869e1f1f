// @module-tag wide
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { budgetFileOf } from '../helpers/budgets/test-measurement.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-main-'))
  mkdirSync(path.join(root, 'perf'))
  writeFileSync(path.join(root, 'perf', 'budgets.json'), JSON.stringify(budgetFileOf()))
})
afterEach(() => rmSync(root, { recursive: true }))

/** A spec that does something before it would measure. */
function spec(before: string): void {
  writeFileSync(
    path.join(root, 'perf', 'axios.test.ts'),
    `
    import { setTimeout } from 'node:timers/promises'
    import { test } from 'vitest'
    import { axios, measure, smallJson } from ${JSON.stringify(new URL('../helpers/index.ts', import.meta.url).href)}
    test('axios', async () => {
      ${before}
      await measure(axios, smallJson({ inFlight: 4 }))
    })`,
  )
}

const run = ['run', '--cap', '0.000001', '--seed', '7']

/** Runs the command to its end, with time for no measurement. Its output is closed at once where nobody is to read it. */
async function outcomeOf({
  unread,
  args = run,
  onChild = () => {},
}: {
  unread?: 'stdout' | 'stderr'
  args?: readonly string[]
  onChild?: (child: ChildProcess) => void
} = {}) {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  onChild(child)
  if (unread !== undefined) child[unread]?.destroy()
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  child.on('message', () => child.disconnect())
  const ended = unread === 'stderr' ? undefined : once(child.stderr as Readable, 'end')
  const [[exitCode, signal]] = await Promise.all([once(child, 'exit'), ended])
  return { exitCode, signal, errors }
}

const record = () => JSON.parse(readFileSync(path.join(root, 'reports', 'latest.json'), 'utf8'))

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s ends a run cleanly, also when it comes twice', async (signal) => {
  spec(`for (const _ of [1, 2]) {
    process.kill(process.pid, '${signal}')
    await setTimeout(20)
  }`)
  expect(await outcomeOf()).toMatchObject({ exitCode: 130, signal: null })
  expect(record()).toMatchObject({ state: 'partial', exitCode: 130 })
})

test('a run ends cleanly when the process that started it with a channel is gone', async () => {
  spec(`
    if (process.connected) process.send('over')
    while (process.connected) await setTimeout(10)`)
  expect(await outcomeOf()).toMatchObject({ exitCode: 130, signal: null })
  expect(record()).toMatchObject({ state: 'partial', exitCode: 130 })
})

test.each(['stdout', 'stderr'] as const)('a run whose %s nobody reads ends as it would', async (unread) => {
  spec('')
  expect(await outcomeOf({ unread })).toMatchObject({ exitCode: 3, signal: null })
  expect(record()).toMatchObject({ state: 'complete', exitCode: 3 })
})

test('what nobody foresaw is told in one line, and is no regression', async () => {
  spec(`
    setImmediate(() => { throw new TypeError('thrown on its own') })
    await setTimeout(1_000)`)
  const { exitCode, errors } = await outcomeOf()
  expect(errors).toMatch(/^wiregauge: unexpected TypeError: thrown on its own at .*axios\.test\.ts:\d+:\d+\)?\n$/)
  expect(exitCode).toBe(2)
})

test('what was typed is told as text, with what it may have been meant for', async () => {
  const { exitCode, errors } = await outcomeOf({ args: ['run', '--foo\n::error::x'] })
  expect(errors).toBe("error: unknown option '--foo\\u{a}::error::x'\n(wiregauge --help lists the commands)\n")
  expect(exitCode).toBe(2)
  expect((await outcomeOf({ args: ['run', '--jsn'] })).errors).toContain("option '--jsn'\n(Did you mean --json?)\n")
})

test.each([
  ['an installation', ['compare', 'axios', '--base', 'axios@1.20.0', '--cache', 'cache'], 'axios@1.20.0'],
  [
    'a question to the registry',
    ['bisect', 'axios', '--good', '1.0.0', '--bad', '2.0.0', '--scenario', 'small-4'],
    'axios',
  ],
])('%s that is interrupted says so', async (_, args, asked) => {
  spec('')
  // A registry that never answers.
  await using server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  writeFileSync(path.join(root, '.npmrc'), `registry=http://127.0.0.1:${port}/\ncache=npm\n`)
  const { exitCode, errors } = await outcomeOf({
    args,
    onChild: (child) => server.once('connection', () => child.kill('SIGINT')),
  })
  expect(errors).toContain('wiregauge: asking the registry for ')
  expect(errors).toContain(`wiregauge: interrupted: the installation of ${asked} was given up; the cache is whole\n`)
  expect(exitCode).toBe(130)
})

const range = ['--good', '1.0.0', '--bad', '2.0.0']
test.each<[readonly string[], string]>([
  [['compare'], "required option '--base <side>' not specified"],
  [['compare', '--base', 'axios@'], 'is nothing to compare: no version follows the axios@'],
  [['compare', '--base', 'axios@1.20.0', '--head', 'undici@8.0.0'], 'two versions of the same package'],
  [['compare', 'nobody', '--base', '.'], 'there is no client "nobody"'],
  [['compare', 'fetch', '--base', 'axios@1.20.0'], 'versions of axios say nothing about fetch'],
  [['compare', '--base', './nowhere'], './nowhere has no package.json'],
  [['compare', '--base', '.', '--json', 'perf'], 'cannot be written to perf: it is a folder'],
  [['tune', '--runs', '0'], "'--runs <number>' argument '0' is invalid"],
  [['tune', '--runs', '2', '--from', 'reports'], '--runs measures and --from reads; give one of them'],
  [['tune', '--check', '--write'], '--check changes and measures nothing; it goes without --write'],
  [['tune', '--reason', 'because'], '--reason is stored with what is written; add --write'],
  [['tune', '--write', '--reason', ' '], '--reason is empty'],
  [['tune', '--from', 'nothing/*.json'], 'nothing/*.json names no file'],
  [['tune', 'nobody', '--from', 'perf'], 'there is no client "nobody"'],
  [['tune', '--from', 'perf/budgets.json'], 'no spec states a budget that is tuned; there is nothing to tune'],
  [['bisect', 'axios', ...range], "required option '--scenario <name>' not specified"],
  [['bisect', 'fetch', ...range, '--scenario', 'small-4'], 'fetch runs on no published package'],
  [
    ['bisect', 'axios', ...range, '--scenario', 'small-4', '--json', 'perf'],
    'cannot be written to perf: it is a folder',
  ],
])('a wrong command exits with 2 and says what is wrong: %j', async (args, message) => {
  spec('')
  const { exitCode, errors } = await outcomeOf({ args })
  expect(errors).toContain(message)
  expect(exitCode).toBe(2)
})
