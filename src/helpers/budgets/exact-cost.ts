import type { Evidence, Measurement } from '../measure/result.ts'
import { changedPairs, ownCounts, perRequest } from './counts.ts'
import { type Case, type JudgingContext, openCase } from './judgement.ts'
import { measuredLoad } from './load-evidence.ts'
import { measuredPair, notYetMeasured } from './pair-evidence.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

interface Count {
  readonly count: number
  readonly expected: number
}

/** A value that is counted and not measured. */
interface ExactValue {
  readonly unit: NonNullable<Verdict['unit']>
  /** One a replicate. */
  readonly counts: readonly Count[]
  readonly evidence: Evidence
  readonly compared: string
  /** Whether fewer than expected are as good. */
  readonly bound: 'exactly' | 'at most'
}

/** A count goes red when so many fresh processes found it wrong (DESIGN 3.7). */
const confirming = 2

/** Judges what is counted and not measured, one count a replicate. @throws {UsageError} without any. */
export function judgeExact(opened: Case, { unit, counts, evidence, compared, bound }: ExactValue): Verdict {
  const wrong = counts.filter(({ count, expected }) => (bound === 'exactly' ? count !== expected : count > expected))
  const [shown] = [...wrong, ...counts]
  if (shown === undefined) throw new UsageError(`${opened.measurement.client}: no ${unit} were counted`)
  const { count, expected } = shown
  const state = wrong.length === 0 ? 'pass' : wrong.length < confirming ? 'inconclusive' : 'regressed'
  const reasons = {
    pass: `${bound} ${expected} ${unit}`,
    regressed: `${count} ${unit}, expected ${bound} ${expected}`,
    inconclusive:
      counts.length === 1
        ? `${count} ${unit}, expected ${bound} ${expected}, in the only process that counted them`
        : `${counts.map((each) => each.count).join(' and ')} ${unit} in different processes, expected ${bound} ${expected}`,
  }
  return opened.verdict({
    state,
    reason: reasons[state],
    measured: { estimate: count, low: count, high: count, level: 1 },
    unit,
    expected,
    tolerates: expected,
    catches: expected,
    compared,
    // As often as it was wrong so far, it takes as many more to be wrong again.
    ...(state === 'inconclusive' && { openTo: { evidence, replicates: counts.length, missing: counts.length } }),
  })
}

/**
 * Judges connections, opened from opening the client to closing it, by their stated number.
 *
 * @param each `all` of them, or those per `request`.
 */
export function judgeConnections(
  measurement: Measurement,
  each: 'all' | 'request',
  stated: number,
  context: JudgingContext,
): Verdict {
  const unit = each === 'all' ? 'connections' : 'connections per request'
  const opened = openCase(measurement, unit, context)
  if ('state' in opened) return opened
  return judgeOwnCounts(opened, (counts) => (each === 'all' ? counts.connections : perRequest(counts, 'connections')), {
    unit,
    expected: stated,
    compared: 'the stated number',
    bound: 'exactly',
  })
}

/** Judges TLS handshakes that were made in full: no more than stated. Those that resume a session are far cheaper. */
export function judgeHandshakes(measurement: Measurement, atMost: number, context: JudgingContext): Verdict {
  const opened = openCase(measurement, 'full handshakes', context)
  if ('state' in opened) return opened
  return judgeOwnCounts(opened, (counts) => counts.fullHandshakes, {
    unit: 'full handshakes',
    expected: atMost,
    compared: 'the stated number',
    bound: 'at most',
  })
}

const wireCounters = { requestBytes: 'bytesIn', responseBytes: 'bytesOut' } as const

/** Judges bytes on the wire: as many as the reference arm's where its files differ, else as many as tuned. */
export function judgeWireBytes(
  measurement: Measurement,
  entry: keyof typeof wireCounters,
  context: JudgingContext,
): Verdict {
  const opened = openCase(measurement, entry === 'requestBytes' ? 'request bytes' : 'response bytes', context)
  if ('state' in opened) return opened
  const counter = wireCounters[entry]
  const besideReference = changedPairs(opened.measurement).flatMap(({ counts: [current, reference] }) =>
    current && reference ? { count: perRequest(current, counter), expected: perRequest(reference, counter) } : [],
  )
  const unit = 'bytes per request'
  if (besideReference.length > 0) {
    const compared = 'the reference arm'
    return judgeExact(opened, { unit, counts: besideReference, evidence: 'pair', compared, bound: 'exactly' })
  }
  const { expected } = opened.need(entry)
  return judgeOwnCounts(opened, (counts) => perRequest(counts, counter), {
    unit,
    expected,
    compared: 'the tuned figure',
    bound: 'exactly',
  })
}

/** Judges what the target counted for the client itself. */
function judgeOwnCounts(
  opened: Case,
  countIn: (counts: ReturnType<typeof ownCounts>[number]) => number,
  { expected, ...value }: Pick<ExactValue, 'unit' | 'compared' | 'bound'> & { readonly expected: number },
): Verdict {
  const counts = ownCounts(opened.measurement).map((each) => ({ count: countIn(each), expected }))
  if (counts.length === 0) {
    const { pair: own } = opened.measurement
    if (own.state === 'no reference' && !own.isNew) measuredLoad(opened)
    const pair = measuredPair(opened)
    if ('reason' in pair) return pair
  }
  const evidence = opened.measurement.load.length > 0 ? 'load' : 'pair'
  return judgeExact(opened, { ...value, counts, evidence })
}

/**
 * Judges listeners on the most burdened open socket after all requests: no more than the reference has. Without an open
 * socket of both arms nothing was counted, which never passes.
 */
export function judgeListeners(measurement: Measurement, context: JudgingContext): Verdict {
  const opened = openCase(measurement, 'listeners against reference', context)
  if ('state' in opened) return opened
  const pair = measuredPair(opened)
  if ('reason' in pair) return pair
  const counts = pair.retention.flatMap(({ arms: [current, reference] }) =>
    current?.listeners === undefined || reference?.listeners === undefined
      ? []
      : { count: current.listeners, expected: reference.listeners },
  )
  const compared = 'the reference arm'
  if (counts.length === 0) {
    const open = notYetMeasured(opened, 'retention')
    const replicates = pair.retention.length
    if (replicates === 0) return open
    const reason = 'there was no open socket of both arms to count listeners on'
    return { ...open, reason, compared, openTo: { evidence: 'retention', replicates, missing: 1 } }
  }
  return judgeExact(opened, { unit: 'listeners', counts, evidence: 'retention', compared, bound: 'at most' })
}
