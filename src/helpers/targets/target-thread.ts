/** The target's worker thread: it is started by `target.ts` and listens, answers and counts until it is terminated. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createSecureServer, type TLSSocket } from 'node:tls'
import { parentPort, workerData } from 'node:worker_threads'
import { Connection, type Port } from './connection.ts'
import type { TargetSnapshot } from './counters.ts'
import { endWithParent } from './end-with-parent.ts'
import { KnownRequests } from './known-requests.ts'
import type { SnapshotRequest, TargetTls, ThreadMessage, ThreadOptions } from './messages.ts'
import { PortCounters } from './port-counters.ts'

async function listen(port: Port, tls: TargetTls | undefined): Promise<number> {
  const server = tls === undefined ? plainServer(port) : secureServer(port, tls)
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

// Half-open sockets are allowed: a client that ends its side after a request still gets its answer.
const socketOptions = { allowHalfOpen: true, noDelay: true } as const

function plainServer(port: Port) {
  return createServer(socketOptions, (socket: Socket) => new Connection(socket, port))
}

function secureServer(port: Port, { certificate: cert, key }: TargetTls) {
  const server = createSecureServer({ ...socketOptions, cert, key }, (socket: TLSSocket) => {
    if (socket.isSessionReused()) port.counters.resumedHandshakes++
    else port.counters.fullHandshakes++
    new Connection(socket, port)
  })
  // A client that does not trust the certificate, or goes away meanwhile, is no failure of the target.
  return server.on('tlsClientError', () => {})
}

function readSnapshot(ports: readonly Port[], reset: boolean): TargetSnapshot {
  // A thread's CPU time is brought up to date only at scheduler ticks, unless the process's is read just before.
  process.cpuUsage()
  const { user, system } = process.threadCpuUsage()
  const clockMs = performance.now()
  const counters = ports.map((port) => port.counters.read())
  if (reset) for (const port of ports) port.counters.reset()
  return { counters, cpuMs: (user + system) / 1000, clockMs }
}

function readHeaders({ firstHeaders = new Map() }: Port): [string, string][] {
  return [...firstHeaders]
}

function forgetHeaders(port: Port): void {
  delete port.firstHeaders
  // A request that is known is not parsed, so that nobody would see its headers.
  port.known.forget()
}

async function serve(options: ThreadOptions): Promise<void> {
  const say = (message: ThreadMessage): void => parentPort?.postMessage(message)
  if (options.endWithParent) endWithParent()
  const ports: Port[] = Array.from({ length: options.ports }, () => ({
    counters: new PortCounters(),
    known: new KnownRequests(),
  }))
  parentPort?.on('message', ({ id, reset, headers, forgetHeadersOf }: SnapshotRequest) => {
    const snapshot = readSnapshot(ports, reset)
    say({ kind: 'snapshot', id, snapshot: headers ? { ...snapshot, headers: ports.map(readHeaders) } : snapshot })
    const forgetful = forgetHeadersOf === undefined ? undefined : ports[forgetHeadersOf]
    if (forgetful !== undefined) forgetHeaders(forgetful)
  })
  say({ kind: 'listening', ports: await Promise.all(ports.map((port) => listen(port, options.tls))) })
}

await serve(workerData as ThreadOptions)
