import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { AskedProcess, type ProcessOptions } from './asked-process.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import { isRunning } from './is-running.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-asked-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A process that answers `hello` with `hello`, and everything else never. */
function start(changes: Partial<ProcessOptions> = {}) {
  const file = path.join(folder, 'answers.mjs')
  writeFileSync(file, `process.on('message', (command) => command.type === 'hello' && process.send(command))\n`)
  return new AskedProcess<{ type: string }, { type: 'hello' }>({
    module: pathToFileURL(file),
    role: 'asked process',
    requestTimeoutMs: 5_000,
    signal: new AbortController().signal,
    ...changes,
  })
}

describe('an asked process', () => {
  test('that is given up is dead when its disposal is over, and was killed', async () => {
    const giveUp = new AbortController()
    const asked = start({ signal: giveUp.signal })
    await asked.ask({ type: 'hello' }, 'hello')
    const { pid = 0 } = asked
    const outcome = expect(asked.ask({ type: 'nothing' }, 'hello')).rejects.toThrow(
      new InvalidWorkError('the asked process was killed by SIGKILL in nothing'),
    )
    expect(isRunning(pid)).toBe(true)
    giveUp.abort()
    await asked[Symbol.asyncDispose]()
    expect(isRunning(pid)).toBe(false)
    await outcome
  }, 20_000)

  test('that says nothing is taken for blocked at its limit, also where a test has faked the timers', async () => {
    vi.useFakeTimers()
    try {
      await using asked = start()
      await asked.ask({ type: 'hello' }, 'hello')
      const blocked = 'the event loop of the asked process was blocked in nothing'
      await expect(asked.ask({ type: 'nothing' }, 'hello', -9_900)).rejects.toThrow(new InvalidWorkError(blocked))
    } finally {
      vi.useRealTimers()
    }
  }, 20_000)

  test('that cannot be started says so, and is disposed of all the same', async () => {
    const asked = start({ execPath: path.join(folder, 'no-such-node') })
    await expect(asked.failed).rejects.toThrow(/^the asked process could not be started: spawn .* ENOENT$/)
    await asked[Symbol.asyncDispose]()
  }, 20_000)
})
