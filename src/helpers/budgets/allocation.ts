import type { CompletedMeasurement, Evidence, Measurement, PairReplicate } from '../measure/result.ts'
import { median } from '../statistics/summary.ts'
import { changedPairs } from './counts.ts'
import { type Case, type JudgingContext, nameOf, openCase } from './judgement.ts'
import { measuredLoad } from './load-evidence.ts'
import { judgeScattering } from './scattering.ts'
import { distancesOf, type Thresholds } from './thresholds.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/**
 * Judges the bytes allocated per request: against the reference arm where its files differ, else against the tuned figure.
 *
 * @throws {UsageError} where Node cannot tell, and where the tuned figure is to be compared with a client that was not
 * loaded.
 */
export function judgeAllocation(measurement: Measurement, thresholds: Thresholds, context: JudgingContext): Verdict {
  const opened = openCase(measurement, 'allocated bytes', context)
  if ('state' in opened) return opened
  const distances = distancesOf(thresholds, nameOf(opened), 'cost')
  requireTold(opened)
  const tuned = opened.need('allocatedBytesPerRequest')
  const { logs, base, evidence } = allocationRatios(opened, tuned.expected)
  const againstReference = evidence === 'pair'
  return judgeScattering(opened, {
    gains: logs.map((log) => -log),
    evidence,
    tunedScatter: tuned.scatter,
    ...(againstReference ? {} : { tunedReplicates: tuned.replicates }),
    distances,
    scale: 'cost',
    expected: base,
    unit: 'bytes per request',
    compared: againstReference ? 'the reference arm' : 'the tuned figure',
    binding: againstReference || opened.asFast,
    leastCliff: twiceAsMuch,
    inWords: (gain) => {
      const change = Math.expm1(-gain) * 100
      return `${Math.abs(change).toFixed(1)} % ${change < 0 ? 'less' : 'more'} allocated per request than expected`
    },
  })
}

/**
 * On another machine only so much more is red, as a gain. Code that was compiled further allocates less, and how far it was
 * depends on how fast the machine is: where the control made a sixth of what it did at tuning, and a tenth of the time was
 * stolen, undici's request allocated 48 % more, and nothing had changed.
 */
const twiceAsMuch = -Math.log(2)

interface AllocationRatios {
  /** Logarithms of allocation relative to the base, one a replicate. */
  readonly logs: readonly number[]
  /** In bytes per request. */
  readonly base: number
  readonly evidence: Evidence
}

/** Said before anything of the tuning is asked for: there, such a Node could not have told them either. */
function requireTold(opened: Case): void {
  if (changedPairs(opened.measurement).some((replicate) => allocatedBy(replicate) !== undefined)) return
  measuredLoad(opened)
  if (ownAllocation(opened.measurement).length > 0) return
  throw new UsageError(
    `${nameOf(opened)}: Node ${process.versions.node} cannot tell allocated bytes; that budget needs Node 26 or newer`,
  )
}

function allocationRatios(opened: Case, tuned: number): AllocationRatios {
  const pairs = changedPairs(opened.measurement).flatMap((replicate) => allocatedBy(replicate) ?? [])
  if (pairs.length > 0) {
    const logs = pairs.map(({ current, reference }) => Math.log(current / reference))
    return { logs, base: median(pairs.map(({ reference }) => reference)), evidence: 'pair' }
  }
  const own = ownAllocation(opened.measurement)
  return { logs: own.map((bytes) => Math.log(bytes / tuned)), base: tuned, evidence: 'load' }
}

/** Bytes that both arms of a pair allocated per request; undefined where Node cannot tell. */
export function allocatedBy({ totals: [current, reference] }: PairReplicate) {
  const [one, other] = [current?.allocatedBytesPerRequest, reference?.allocatedBytesPerRequest]
  return one === undefined || other === undefined ? undefined : { current: one, reference: other }
}

/** Bytes that the client allocated per request under load, in each replicate in which Node could tell. */
export function ownAllocation({ load, client }: CompletedMeasurement): readonly number[] {
  return load.flatMap(({ clients }) => clients.find((each) => each.client === client)?.allocatedBytesPerRequest ?? [])
}
