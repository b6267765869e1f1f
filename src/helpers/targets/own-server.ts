import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { SocketCounters } from './socket-counters.ts'

/** What the connections of one port of a project's own server share. */
export interface OwnPort {
  readonly counters: SocketCounters
  /** Header fields of the first request, names in lower case; none before. */
  firstHeaders?: ReadonlyMap<string, string>
}

/**
 * A server of `node:http` that listens nowhere: it is handed the connections of several ports, each of which counts its own.
 *
 * Idle connections stay open, whatever the server was set to: an arm lies idle for seconds while others are measured, and a
 * connection that ends just then is the server's doing.
 */
export class OwnServer {
  readonly #server: Server
  readonly #ports = new WeakMap<Duplex, OwnPort>()

  constructor(server: Server) {
    this.#server = server
    server.keepAliveTimeout = 0
    server.headersTimeout = 0
    server.requestTimeout = 0
    server.timeout = 0
    server.prependListener('request', (request: IncomingMessage) => this.#count(request))
    const hasOwn = server.listenerCount('clientError') > 0
    server.prependListener('clientError', (error: NodeJS.ErrnoException, socket) => {
      if (error.code?.startsWith('HPE_')) this.#portOf(socket).counters.parseErrors++
      // Where nobody listens, Node refuses by itself; with this listener somebody does.
      if (!hasOwn) refuse(socket)
    })
  }

  /** Serves a connection to a port. */
  accept(socket: Socket, port: OwnPort): void {
    port.counters.watch(socket)
    this.#ports.set(socket, port)
    this.#server.emit('connection', socket)
  }

  #count(request: IncomingMessage): void {
    const port = this.#portOf(request.socket)
    port.counters.requests++
    port.firstHeaders ??= new Map(pairsOf(request.rawHeaders))
  }

  /** A server that listens by itself has connections of no port of ours. */
  #portOf(socket: Duplex): OwnPort {
    return this.#ports.get(socket) ?? { counters: new SocketCounters() }
  }
}

/** A server for what answers requests one by one. */
export function serverFor(listener: RequestListener): Server {
  return createServer(listener)
}

function refuse(socket: Duplex): void {
  if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n')
  else socket.destroy()
}

/** Names in lower case; what came more than once is joined, as the built-in target does. */
function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  const fields = new Map<string, string>()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase()
    const before = fields.get(name)
    const value = rawHeaders[at + 1] ?? ''
    fields.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return [...fields]
}
