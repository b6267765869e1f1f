import diagnostics from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** Counts listeners on open sockets. */
export interface SocketWatch {
  /**
   * Listeners for all events together on the most burdened open socket to a port of this machine; undefined where none is
   * open: then there is nothing that they could be counted on.
   */
  mostListeners(port: number): number | undefined
}

/**
 * Watches from now on which TCP sockets this process opens as a client, whatever library opens them: Node tells of each
 * on the diagnostics channel `net.client.socket` (https://nodejs.org/api/diagnostics_channel.html#net), also of those of
 * `node:http`, undici and native fetch.
 */
export function watchSockets(): SocketWatch {
  // Weak, or the watch would keep what it looks for; and without sockets that are gone, or it would be what grows.
  const opened = new Set<WeakRef<Socket>>()
  diagnostics.subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket }
    const reference = new WeakRef(socket)
    opened.add(reference)
    socket.once('close', () => opened.delete(reference))
  })
  return {
    mostListeners(port) {
      const open = [...opened].flatMap((reference) => reference.deref() ?? [])
      const counts = open.filter((socket) => socket.remotePort === port).map(listenersOn)
      return counts.length === 0 ? undefined : Math.max(...counts)
    },
  }
}

/** Our own listener, the one for `close`, left out. */
function listenersOn(socket: Socket): number {
  return socket.eventNames().reduce((sum, name) => sum + socket.listenerCount(name), 0) - 1
}
