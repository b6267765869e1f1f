import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A bare socket to a target, for tests that say what goes over the wire byte by byte. */
export interface RawClient extends Disposable {
  readonly socket: Socket
  /** Everything received so far. */
  received(): string
  /** Sends bytes and resolves when the socket has taken them. */
  send(bytes: string | Buffer): Promise<void>
  /** Resolves when at least so many bytes were received in all. */
  receive(bytes: number): Promise<string>
  /** Resolves with everything received when the server has ended the connection. */
  ended(): Promise<string>
}

/** Connects to a port on 127.0.0.1. */
export async function rawClient(port: number): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  await once(socket, 'connect')
  const parts: Buffer[] = []
  let length = 0
  const received = (): string => Buffer.concat(parts).toString('latin1')
  socket.on('data', (part: Buffer) => {
    parts.push(part)
    length += part.length
  })
  const over = new Promise<void>((resolve, reject) => {
    socket.once('end', () => {
      socket.end()
      resolve()
    })
    socket.once('error', reject)
  })
  // Whoever awaits it gets the failure; nobody else needs to.
  over.catch(() => {})
  return {
    socket,
    received,
    send: (bytes) =>
      new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve()))),
    receive: async (bytes) => {
      while (length < bytes) {
        await Promise.race([once(socket, 'data'), over])
        if (socket.readableEnded && length < bytes) throw new Error(`ended after ${length} of ${bytes} bytes`)
      }
      return received()
    },
    ended: async () => {
      await over
      return received()
    },
    [Symbol.dispose]: () => {
      socket.destroy()
    },
  }
}
