import { once } from 'node:events'
import { rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { sleep } from './real-time.ts'

/** Before the next try, so that what lets nobody listen and nobody connect does not keep a core busy. */
const pauseMs = 50

/** Held while measuring; disposal gives it to whoever waits. */
export interface MachineLock extends AsyncDisposable {}

/**
 * The machine's one place for something, by default for measuring. A socket address can have one listener and goes with
 * its process, however that ends, so that no stale lock is ever left where the system has addresses without files (Linux:
 * abstract, Windows: pipes).
 */
export function lockAddress(what = 'measuring'): string {
  if (process.platform === 'linux') return `\0wiregauge-${what}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\wiregauge-${what}`
  return path.join(os.tmpdir(), `wiregauge-${what}.sock`)
}

/**
 * Takes the machine's lock; waits while another measurement runs, because two at once would measure each other.
 *
 * @param onWait Called once when it has to wait, with the process that is measuring where that is known.
 * @param options.address Where to listen, by default one address for the whole machine.
 * @param options.signal Ends the wait.
 * @throws The signal's reason, or the system's error when the address can be neither listened at nor asked.
 */
export async function lockMachine(
  onWait: (holder: string) => void,
  { address = lockAddress(), signal }: { address?: string; signal?: AbortSignal } = {},
): Promise<MachineLock> {
  for (let told = false; ; ) {
    signal?.throwIfAborted()
    const server = await listen(address)
    if (server !== undefined) return { [Symbol.asyncDispose]: () => close(server) }
    const onHolder = (holder: string): void => {
      if (!told) onWait(holder)
      told = true
    }
    await released(address, onHolder, signal)
    await sleep(pauseMs)
  }
}

interface HeldServer {
  readonly server: net.Server
  readonly waiting: Set<net.Socket>
}

/** Listens, and tells each who connects the number of this process; undefined when another one listens. */
async function listen(address: string): Promise<HeldServer | undefined> {
  const waiting = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    waiting.add(socket)
    socket.on('error', () => {}) // A waiting process that was killed is no concern of the holder's.
    socket.on('close', () => waiting.delete(socket))
    socket.write(String(process.pid))
  })
  server.unref()
  server.listen(address)
  try {
    await once(server, 'listening')
    return { server, waiting }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
}

async function close({ server, waiting }: HeldServer): Promise<void> {
  if (!server.listening) return
  server.close()
  for (const socket of waiting) socket.destroy()
  await once(server, 'close')
}

/** Resolves when the holder lets go or ends, or when the signal is given. */
async function released(
  address: string,
  onHolder: (holder: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const socket = net.connect(address)
  const giveUp = () => socket.destroy()
  signal?.addEventListener('abort', giveUp)
  socket.on('data', (pid) => onHolder(`process ${pid}`))
  let connected = false
  let problem: NodeJS.ErrnoException | undefined
  socket.on('connect', () => {
    connected = true
  })
  socket.on('error', (error) => {
    problem = error
  })
  await new Promise((resolve) => socket.once('close', resolve))
  signal?.removeEventListener('abort', giveUp)
  // A holder that ends resets the connection; one that has ended is refused or not there.
  const refused = problem?.code === 'ECONNREFUSED'
  if (problem !== undefined && !connected && !refused && !['ECONNRESET', 'ENOENT'].includes(problem.code ?? ''))
    throw problem
  // Only a file of a process that was killed refuses while it exists; see lockAddress for where that can be.
  if (refused && !address.startsWith('\0')) rmSync(address, { force: true })
}
