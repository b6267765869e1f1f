import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** Runs the command to its end, with time for no measurement. Its output is closed at once where nobody is to read it. */
async function outcomeOf({ unread }: { unread?: 'stdout' | 'stderr' } = {}) {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, 'run', '--cap', '0.000001', '--seed', '7'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
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
