import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { queryObjects } from 'node:v8'
import axios, { type AxiosError } from 'axios'
import { collectedMemory } from '../../../measure/memory.ts'
import { randomFrom } from '../../../statistics/random.ts'
import { slopeOf } from '../../../statistics/theil-sen.ts'
import { type UndiciAdapter, undiciAdapter } from '../adapter.ts'
import { RecordingServer } from '../differential/recording-server.ts'
import { GivingUp } from './giving-up.ts'
import { watchProcess } from './process-watch.ts'
import { SoakedCases, soakHeader } from './soaked-cases.ts'

export interface SoakOptions {
  /** To be counted; those to warm up come on top. */
  readonly requests: number
  /** Made first, which open what stays open, fill caches and have code compiled. */
  readonly warmUp: number
  readonly inFlight: number
  /** Draws the cases and when calls are given up. */
  readonly seed: number
  /** Points at which memory is read, with nothing in flight. */
  readonly points: number
  /** What is soaked. Default: an adapter of its own for as many connections as there are calls in flight. */
  readonly adapter?: UndiciAdapter
}

/** What there is when nothing is in flight. */
interface Rest {
  readonly openSockets: number
  /** Kinds of what keeps the event loop alive, and how many there are. */
  readonly resources: Readonly<Record<string, number>>
  /** Those that do not keep it alive among them, and those of the server. */
  readonly timers: number
  /** On every signal and every cancel token that calls were given since the rest before. */
  readonly listeners: number
  readonly heapBytes: number
  /** That are reachable: all but those without a prototype. Compiled code and what strings hold are not among them. */
  readonly objects: number
}

export interface SoakResult {
  /** With those to warm up. */
  readonly requests: number
  readonly resolved: number
  /** How many calls failed, by the code of the error. */
  readonly rejected: Readonly<Record<string, number>>
  readonly unhandledRejections: number
  readonly warnings: readonly string[]
  /** After the warm-up. */
  readonly before: Rest
  /** After the last request, with the adapter still open. */
  readonly after: Rest
  /** After the adapter was closed. */
  readonly closed: Rest
  /** Most listeners that there were at any rest. */
  readonly mostListeners: number
  /** Growth of the heap after forced collection, in bytes a request, by slope over the points. */
  readonly retainedBytesPerRequest: number
  /** The same of the count of objects, which is far steadier: what stays of each call makes it 1 at least. */
  readonly retainedObjectsPerRequest: number
}

/**
 * Makes very many calls through one adapter, drawn from the differential cases, some of which are given up at any point or
 * come to a server that never answers, against a server that breaks off or answers nonsense where the case says so; and
 * says what is left behind.
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { requests, warmUp, inFlight, seed, points } = options
  const random = randomFrom(seed)
  const givingUp = new GivingUp(random)
  const cases = new SoakedCases()
  // Node warns of it once.
  countObjects()
  await turn()
  const watched = watchProcess()
  await using server = await new RecordingServer({ keeps: false }).listen()
  server.reset(cases.respond)
  const adapter = options.adapter ?? undiciAdapter({ connections: inFlight })
  const client = axios.create({ adapter })
  const counts = { resolved: 0, rejected: {} as Record<string, number> }
  let mostListeners = 0

  const call = async (): Promise<void> => {
    const { each, id } = cases.next(random())
    try {
      const asked = { ...each.config(server.origin), ...givingUp.draw() }
      const { data } = await client.request({ ...asked, headers: { ...asked.headers, [soakHeader]: id } })
      if (data instanceof Readable) await data.resume().toArray()
      counts.resolved++
    } catch (error) {
      const code = (error as AxiosError).code ?? (error as Error).name
      counts.rejected[code] = (counts.rejected[code] ?? 0) + 1
    }
  }
  const run = async (count: number): Promise<void> => {
    const end = cases.made + count
    const one = async (): Promise<void> => {
      while (cases.made < end) await call()
    }
    await Promise.all(Array.from({ length: inFlight }, one))
  }
  const rest = async (): Promise<Rest> => {
    await turn()
    await server.settle()
    cases.forget()
    const listeners = givingUp.countListeners()
    mostListeners = Math.max(mostListeners, listeners)
    // Before the heap is read, because it throws compiled code away, too.
    const objects = countObjects()
    const { heapBytes } = await collectedMemory()
    const resources: Record<string, number> = {}
    for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1
    return { openSockets: server.openSockets, resources, timers: watched.timers, listeners, heapBytes, objects }
  }

  await run(warmUp)
  const before = await rest()
  const rests = [before]
  let after = before
  const perPoint = Math.ceil(requests / points)
  for (let point = 0; point < points; point++) {
    await run(perPoint)
    after = await rest()
    rests.push(after)
  }
  await adapter.close()
  const closed = await rest()
  watched.end()
  return {
    requests: cases.made,
    ...counts,
    unhandledRejections: watched.unhandledRejections,
    warnings: watched.warnings,
    before,
    after,
    closed,
    mostListeners,
    retainedBytesPerRequest: slopeOf(
      rests.map(({ heapBytes }) => heapBytes),
      perPoint,
    ),
    retainedObjectsPerRequest: slopeOf(
      rests.map(({ objects }) => objects),
      perPoint,
    ),
  }
}

function countObjects(): number {
  return queryObjects(Object, { format: 'count' })
}
