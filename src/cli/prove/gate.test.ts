import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runGate } from './gate.ts'

let root: string
const signal = new AbortController().signal
const project = () => ({ root, reports: path.join(root, 'reports') })

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-gate-'))
  mkdirSync(path.join(root, 'reports'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** Puts a script where Vitest is. */
function installVitest(script: string): void {
  const folder = path.join(root, 'node_modules', 'vitest')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'vitest.mjs'), script)
}

const record = `
  import { writeFileSync } from 'node:fs'
  const startedAt = new Date().toISOString()
  const asked = [process.argv.slice(2).join(' '), process.env.WIREGAUGE_SEED, process.env.PATH.split(${JSON.stringify(path.delimiter)})[0]]
  writeFileSync('reports/latest.json', JSON.stringify({ startedAt, machine: { class: 'here' }, entries: [], asked }))`

test('the gate runs as npm runs it, and its record is kept', async () => {
  installVitest(`${record}\nprocess.exitCode = 3`)
  const { exitCode, seconds, record: kept = '' } = await runGate(project(), 7, signal)
  expect(exitCode).toBe(3)
  expect(seconds).toBeGreaterThan(0)
  expect(path.dirname(kept)).toBe(path.join('reports', 'runs'))
  const { asked } = JSON.parse(readFileSync(path.join(root, kept), 'utf8'))
  expect(asked).toEqual(['run --project gate', '7', path.join(root, 'node_modules', '.bin')])
})

test('the record of an earlier run is none of this one', async () => {
  installVitest('')
  const earlier = { startedAt: '2020-01-01T00:00:00.000Z', machine: { class: 'here' }, entries: [] }
  writeFileSync(path.join(root, 'reports', 'latest.json'), JSON.stringify(earlier))
  expect(await runGate(project(), 7, signal)).toEqual({ exitCode: 0, seconds: expect.any(Number) })
})

test.skipIf(process.platform === 'win32')('killed by a signal, it has the exit code that shells give', async () => {
  installVitest("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1_000)")
  expect((await runGate(project(), 7, signal)).exitCode).toBe(143)
})

test('given up, it ends the run and throws', async () => {
  installVitest('setInterval(() => {}, 1_000)')
  const abort = new AbortController()
  const running = runGate(project(), 7, abort.signal)
  abort.abort(new Error('given up'))
  await expect(running).rejects.toThrow('given up')
})

test('without Vitest there is no gate', async () => {
  await expect(runGate(project(), 7, signal)).rejects.toMatchObject({ code: 'WIREGAUGE_USAGE' })
})
