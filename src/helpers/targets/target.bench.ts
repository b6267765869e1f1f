/**
 * What the target costs beside the least `node:http` server: CPU time per request of either thread and how busy client
 * and server are, both driven by undici's dispatch at 64 in flight, in short windows that take turns.
 *
 *     node src/helpers/targets/target.bench.ts [windows, default 12] [milliseconds a window, default 400]
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Dispatcher, Pool } from 'undici'
import { smallJson } from './answers.ts'
import { startTarget } from './target.ts'

const inFlight = 64
const windows = Number(process.argv[2] ?? 12)
const windowMs = Number(process.argv[3] ?? 400)

interface Server {
  readonly name: string
  readonly pool: Pool
  /** CPU time of the server's thread so far, in milliseconds. */
  cpuMs(): Promise<number>
}

interface Sample {
  readonly serverMicros: number
  readonly clientMicros: number
  readonly clientBusy: number
  readonly serverBusy: number
  readonly perSecond: number
}

/** Keeps the lanes full for `ms` milliseconds and lets them run empty; resolves to the number of requests. */
function load(pool: Pool, ms: number): Promise<number> {
  const end = performance.now() + ms
  const options: Dispatcher.DispatchOptions = { method: 'GET', path: '/json' }
  return new Promise((resolve, reject) => {
    let open = inFlight
    let done = 0
    const send = (): void => {
      let bytes = 0
      pool.dispatch(options, {
        onRequestStart: () => {},
        onResponseStart: () => {},
        onResponseData: (_controller, chunk) => {
          bytes += chunk.length
        },
        onResponseEnd: () => {
          done++
          if (bytes !== smallJson.length) reject(new Error(`a body of ${bytes} bytes, not ${smallJson.length}`))
          else if (performance.now() < end) send()
          else if (--open === 0) resolve(done)
        },
        onResponseError: (_controller, error) => reject(error),
      })
    }
    for (let lane = 0; lane < inFlight; lane++) send()
  })
}

function clientCpuMs(): number {
  process.cpuUsage()
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

async function measure(server: Server): Promise<Sample> {
  const serverBefore = await server.cpuMs()
  const clientBefore = clientCpuMs()
  const start = performance.now()
  const requests = await load(server.pool, windowMs)
  const ms = performance.now() - start
  const client = clientCpuMs() - clientBefore
  const thread = (await server.cpuMs()) - serverBefore
  return {
    serverMicros: (thread * 1000) / requests,
    clientMicros: (client * 1000) / requests,
    clientBusy: client / ms,
    serverBusy: thread / ms,
    perSecond: (requests * 1000) / ms,
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

async function nodeHttp(): Promise<[worker: Worker, server: Server]> {
  const worker = new Worker(new URL('./node-http-thread.ts', import.meta.url))
  const [port] = (await once(worker, 'message')) as [number]
  const cpuMs = async (): Promise<number> => {
    worker.postMessage('cpu')
    const [ms] = (await once(worker, 'message')) as [number]
    return ms
  }
  return [worker, { name: 'node:http', pool: poolOf(port), cpuMs }]
}

function poolOf(port: number): Pool {
  return new Pool(`http://127.0.0.1:${port}`, { connections: inFlight, pipelining: 1 })
}

await using target = await startTarget({ ports: 1 })
const [worker, http] = await nodeHttp()
const own: Server = {
  name: 'target',
  pool: poolOf(target.ports[0] ?? 0),
  cpuMs: async () => (await target.snapshot()).cpuMs,
}

const samples = new Map<Server, Sample[]>([
  [own, []],
  [http, []],
])
for (const server of samples.keys()) await load(server.pool, 1000)
for (let round = 0; round < windows; round++) {
  const order = round % 2 === 0 ? [own, http] : [http, own]
  for (const server of order) samples.get(server)?.push(await measure(server))
}

const rows: Record<string, Record<string, number>> = {}
for (const [server, taken] of samples) {
  const of = (key: keyof Sample): number => median(taken.map((sample) => sample[key]))
  rows[server.name] = {
    'server µs/request': Number(of('serverMicros').toFixed(1)),
    'client µs/request': Number(of('clientMicros').toFixed(1)),
    'client busy %': Math.round(of('clientBusy') * 100),
    'server busy %': Math.round(of('serverBusy') * 100),
    'requests/s': Math.round(of('perSecond')),
  }
}
console.table(rows)
const ratios = (samples.get(own) ?? []).map(
  (sample, round) => sample.serverMicros / (samples.get(http)?.[round]?.serverMicros ?? Number.NaN),
)
console.log(`CPU time per request, target / node:http: ${median(ratios).toFixed(2)} (median of ${windows} pairs)`)

await Promise.all([own.pool.destroy(), http.pool.destroy()])
await worker.terminate()
