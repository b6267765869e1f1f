import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { symlinkSync, unlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { lockMachine } from './lock.ts'

/** An address that nobody else has, of the kind that the machine's own lock has here. */
function ownAddress(): string {
  const name = `wiregauge-test-${randomUUID()}`
  if (process.platform === 'linux') return `\0${name}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(os.tmpdir(), `${name}.sock`)
}

function refuseToWait(holder: string): void {
  throw new Error(`waits for ${holder}`)
}

test('a free lock is taken without waiting, and again after it was given back', async () => {
  const address = ownAddress()
  for (let turn = 0; turn < 2; turn++) {
    await using lock = await lockMachine(refuseToWait, { address })
    expect(lock).toBeDefined()
  }
})

test('whoever comes second is told once who measures, and gets the lock when that one is done', async () => {
  const address = ownAddress()
  const events: string[] = []
  const first = await lockMachine(refuseToWait, { address })
  const told = Promise.withResolvers<void>()
  const second = lockMachine(
    (holder) => {
      events.push(`waits for ${holder}`)
      told.resolve()
    },
    { address },
  ).then((lock) => {
    events.push('has it')
    return lock
  })
  await told.promise
  events.push('first is done')
  await first[Symbol.asyncDispose]()
  await (await second)[Symbol.asyncDispose]()
  expect(events).toEqual([`waits for process ${process.pid}`, 'first is done', 'has it'])
})

test('of many that wait, one at a time has the lock', async () => {
  const address = ownAddress()
  let holders = 0
  const most: number[] = []
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      await using _lock = await lockMachine(() => {}, { address })
      most.push(++holders)
      await new Promise((resolve) => setImmediate(resolve))
      holders--
    }),
  )
  expect(most).toEqual([1, 1, 1, 1, 1])
})

test('the lock of a process that was killed is free', async () => {
  const address = ownAddress()
  const program = `
    const { lockMachine } = await import(${JSON.stringify(new URL('./lock.ts', import.meta.url).href)})
    await lockMachine(() => {}, { address: ${JSON.stringify(address)} })
    console.log('holds it')
    setInterval(() => {}, 1_000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(createInterface({ input: holder.stdout }), 'line')
  const waits = Promise.withResolvers<string>()
  const second = lockMachine(waits.resolve, { address })
  expect(await waits.promise).toBe(`process ${holder.pid}`)
  holder.kill('SIGKILL')
  await using lock = await second
  expect(lock).toBeDefined()
}, 20_000)

test('whoever waits stops waiting when the signal is given', async () => {
  const address = ownAddress()
  await using _first = await lockMachine(refuseToWait, { address })
  const given = new AbortController()
  const second = lockMachine(() => given.abort(new Error('given up')), { address, signal: given.signal })
  await expect(second).rejects.toThrow('given up')
})

test.skipIf(process.platform === 'win32')('an address that is taken by something else is an error', async () => {
  const address = path.join(os.tmpdir(), `wiregauge-test-${randomUUID()}`)
  symlinkSync(address, address)
  try {
    await expect(lockMachine(refuseToWait, { address })).rejects.toMatchObject({ syscall: 'connect' })
  } finally {
    unlinkSync(address)
  }
})

test('an address that cannot be listened at is an error, and no reason to wait', async () => {
  const nowhere = path.join(os.tmpdir(), randomUUID(), 'no-such-folder', 'lock.sock')
  await expect(lockMachine(refuseToWait, { address: nowhere })).rejects.toMatchObject({ syscall: 'listen' })
})
