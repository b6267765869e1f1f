import { once } from 'node:events'
import { rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** Held while measuring; disposal gives it to whoever waits. */
export interface MachineLock extends AsyncDisposable {}

/**
 * The machine's one place for measuring. A socket address can have one listener and goes with its process, however that
 * ends, so that no stale lock is ever left where the system has addresses without files (Linux: abstract, Windows:
 * pipes).
 */
function lockAddress(): string {
  if (process.platform === 'linux') return '\0wiregauge-measuring'
  if (process.platform === 'win32') return '\\\\.\\pipe\\wiregauge-measuring'
  return path.join(os.tmpdir(), 'wiregauge-measuring.sock')
}

/**
 * Takes the machine's lock; waits while another measurement runs, because two at once would measure each other.
 *
 * @param onWait Called once when it has to wait, with the process that is measuring where that is known.
 * @param address Where to listen, by default one address for the whole machine.
 */
export async function lockMachine(
  onWait: (holder: string) => void,
  address: string = lockAddress(),
): Promise<MachineLock> {
  for (let told = false; ; ) {
    const server = await listen(address)
    if (server !== undefined) return { [Symbol.asyncDispose]: () => close(server) }
    await released(address, (holder) => {
      if (!told) onWait(holder)
      told = true
    })
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
  server.close()
  for (const socket of waiting) socket.destroy()
  await once(server, 'close')
}

/** Resolves when the holder lets go or ends. */
async function released(address: string, onHolder: (holder: string) => void): Promise<void> {
  const socket = net.connect(address)
  socket.on('data', (pid) => onHolder(`process ${pid}`))
  const refused = await new Promise<boolean>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
    socket.on('close', () => resolve(false))
  })
  // Only a file of a process that was killed refuses while it exists; see lockAddress for where that can be.
  if (refused && !address.startsWith('\0')) rmSync(address, { force: true })
}
