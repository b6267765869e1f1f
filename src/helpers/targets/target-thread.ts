/** The target's worker thread: it is started by `target.ts` and listens, answers and counts until it is terminated. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createSecureServer, type TLSSocket } from 'node:tls'
import { parentPort, workerData } from 'node:worker_threads'
import { UsageError } from '../budgets/usage-error.ts'
import { Connection, type Port } from './connection.ts'
import type { TargetSnapshot } from './counters.ts'
import { endWithParent } from './end-with-parent.ts'
import { KnownRequests } from './known-requests.ts'
import type { SnapshotRequest, TargetTls, ThreadMessage, ThreadOptions } from './messages.ts'
import type { OwnPort } from './own-server.ts'
import { PortCounters } from './port-counters.ts'
import { SocketCounters } from './socket-counters.ts'
import { isOwnServer, nameOf, type OwnServerSource, type RoutesSource } from './target-source.ts'

/** One port: what it has counted, and what becomes of its connections. */
interface ServedPort {
  readonly port: Port | OwnPort
  accept(socket: Socket): void
}

async function listen(served: ServedPort, tls: TargetTls | undefined): Promise<number> {
  const server = tls === undefined ? plainServer(served) : secureServer(served, tls)
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

// Half-open sockets are allowed: a client that ends its side after a request still gets its answer.
const socketOptions = { allowHalfOpen: true, noDelay: true } as const

function plainServer(served: ServedPort): Server {
  return createServer(socketOptions, (socket: Socket) => served.accept(socket))
}

function secureServer(served: ServedPort, { certificate: cert, key }: TargetTls): Server {
  const { counters } = served.port
  const server = createSecureServer({ ...socketOptions, cert, key }, (socket: TLSSocket) => {
    if (socket.isSessionReused()) counters.resumedHandshakes++
    else counters.fullHandshakes++
    served.accept(socket)
  })
  // A client that does not trust the certificate, or goes away meanwhile, is no failure of the target.
  return server.on('tlsClientError', () => {})
}

function readSnapshot(ports: readonly (Port | OwnPort)[], reset: boolean): TargetSnapshot {
  // A thread's CPU time is brought up to date only at scheduler ticks, unless the process's is read just before.
  process.cpuUsage()
  const { user, system } = process.threadCpuUsage()
  const clockMs = performance.now()
  const counters = ports.map((port) => port.counters.read())
  if (reset) for (const port of ports) port.counters.reset()
  return { counters, cpuMs: (user + system) / 1000, clockMs }
}

function readHeaders({ firstHeaders = new Map() }: Port | OwnPort): [string, string][] {
  return [...firstHeaders]
}

function forgetHeaders(port: Port | OwnPort): void {
  delete port.firstHeaders
  // A request that is known is not parsed, so that nobody would see its headers.
  if ('known' in port) port.known.forget()
}

async function serve(options: ThreadOptions): Promise<void> {
  const say = (message: ThreadMessage): void => parentPort?.postMessage(message)
  if (options.endWithParent) endWithParent()
  const { source } = options
  let served: readonly ServedPort[]
  try {
    served = isOwnServer(source) ? await ownPorts(source, options.ports + 1, say) : builtInPorts(options.ports, source)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    say({ kind: 'refused', reason: error.message })
    return
  }
  const ports = served.slice(0, options.ports).map(({ port }) => port)
  parentPort?.on('message', ({ id, reset, headers, forgetHeadersOf }: SnapshotRequest) => {
    const snapshot = readSnapshot(ports, reset)
    say({ kind: 'snapshot', id, snapshot: headers ? { ...snapshot, headers: ports.map(readHeaders) } : snapshot })
    const forgetful = forgetHeadersOf === undefined ? undefined : ports[forgetHeadersOf]
    if (forgetful !== undefined) forgetHeaders(forgetful)
  })
  const listening = await Promise.all(served.map((each) => listen(each, options.tls)))
  const [recordingPort] = listening.splice(options.ports)
  say({ kind: 'listening', ports: listening, ...(recordingPort === undefined ? {} : { recordingPort }) })
}

function builtInPorts(count: number, routes: RoutesSource | undefined): readonly ServedPort[] {
  return Array.from({ length: count }, () => {
    const port = { counters: new PortCounters(), known: new KnownRequests(), ...(routes && { routes }) }
    return { port, accept: (socket: Socket) => void new Connection(socket, port) }
  })
}

/** @throws {UsageError} when the module of the source is wrong. */
async function ownPorts(
  source: OwnServerSource,
  count: number,
  say: (message: ThreadMessage) => void,
): Promise<readonly ServedPort[]> {
  const { loadOwnServer } = await import('./load-own-server.ts')
  const server = await loadOwnServer(source)
  // The thread lives on, so that this is told before its connections break off.
  process.on('uncaughtException', (error) => say({ kind: 'failed', reason: `${nameOf(source)} threw ${error}` }))
  return Array.from({ length: count }, () => {
    const port: OwnPort = { counters: new SocketCounters() }
    return { port, accept: (socket: Socket) => server.accept(socket, port) }
  })
}

await serve(workerData as ThreadOptions)
