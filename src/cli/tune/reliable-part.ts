import { machineNoise } from '../../helpers/budgets/noise.ts'
import { bottlenecks, loadsOf } from '../../helpers/budgets/throughput.ts'
import type { ClientLoad, CompletedMeasurement } from '../../helpers/measure/result.ts'

/** What of a measurement tells something about its client. */
export interface ReliablePart {
  /** Without the windows that do not; absent where nothing does. */
  readonly measurement?: CompletedMeasurement
  /** What does not and why, in words; empty where everything does. */
  readonly doubts: readonly string[]
}

/** The limit is there to saturate the target; no budget is about it. */
const limit = 'wire'

/**
 * What of a measurement the gate would decide by. On a noisy machine that is nothing; where the target, or the generator of
 * the load, was the bottleneck, throughput is theirs, and only what requests cost is left.
 */
export function reliablePart(measurement: CompletedMeasurement): ReliablePart {
  const noise = machineNoise(measurement.machineState)
  if (noise !== undefined) return { doubts: [noise] }
  const clients = new Set(measurement.load.flatMap((replicate) => replicate.clients.map(({ client }) => client)))
  const saturated = [...clients].flatMap((client) =>
    client === limit ? [] : (saturationOf(measurement, client) ?? []),
  )
  if (saturated.length === 0) return { measurement, doubts: [] }
  const load = measurement.load.map((replicate) => ({
    ...replicate,
    clients: replicate.clients.map((each) => saturated.reduce(withoutSaturated, each)),
  }))
  return { measurement: { ...measurement, load }, doubts: saturated.map(({ reason }) => reason) }
}

/** A client whose throughput is not its own, at some points of its sweep. */
interface Saturation {
  readonly client: string
  readonly points: ReadonlySet<number | undefined>
  readonly reason: string
}

function saturationOf(measurement: CompletedMeasurement, client: string): Saturation | undefined {
  const windows = loadsOf(measurement, client).flatMap((load) => load.windows)
  const points = [...new Set(windows.map(({ point }) => point))]
  const found = points.flatMap((point) => {
    const [reason] = bottlenecks(measurement, client, point)
    const where = point === undefined ? '' : ` at ${point}`
    return reason === undefined ? [] : [{ point, reason: `throughput of ${client}${where} does not count: ${reason}` }]
  })
  const [first] = found
  if (first === undefined) return undefined
  const saturated = new Set(found.map(({ point }) => point))
  const largest = points.reduce((one, other) => ((other ?? 0) > (one ?? 0) ? other : one), points[0])
  // The largest point stands for the whole sweep, and no other may in its place.
  return { client, points: saturated.has(largest) ? new Set(points) : saturated, reason: first.reason }
}

/** How a route served under a load that was not its own limit goes with the windows. */
function withoutSaturated(load: ClientLoad, { client, points }: Saturation): ClientLoad {
  if (load.client !== client) return load
  const { service: _, ...others } = load
  return { ...others, windows: load.windows.filter(({ point }) => !points.has(point)) }
}
