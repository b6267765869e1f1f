import type { ClientLoad, CompletedMeasurement, LoadReplicate, Measurement } from '../measure/result.ts'
import { mapInterval } from '../statistics/interval.ts'
import { intervalOf, replicateMean } from '../statistics/replicates.ts'
import { median } from '../statistics/summary.ts'
import type { TunedValue } from './budget-file.ts'
import { decide } from './decision.ts'
import { type Case, type JudgingContext, missingEntry, nameOf, openCase } from './judgement.ts'
import { judgeScattering, scatterFor } from './scattering.ts'
import { distancesOf, type Thresholds } from './thresholds.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/**
 * Judges throughput against the reference arm: the same client from the frozen tree, batch by batch in one process.
 *
 * @throws {UsageError} when there is no reference to compare with, or the thresholds make no sense.
 */
export function judgeAgainstReference(
  measurement: Measurement,
  thresholds: Thresholds,
  context: JudgingContext,
): Verdict {
  const opened = openCase(measurement, 'throughput against reference', context)
  if ('state' in opened) return opened
  const { pair } = opened.measurement
  if (pair.state === 'no reference') {
    throw new UsageError(`${measurement.client} has no reference: ${pair.reason}. Use toReach or toCost instead.`)
  }
  // Both are checked before it matters whether this run measures the pair: a changed lock file is no time to find out.
  const tuned = opened.need('reference')
  distancesOf(thresholds, nameOf(opened))
  if (pair.state === 'same files') {
    const reason = 'both trees hold the same files; this run drew others for its A/A'
    return opened.verdict({ state: 'pass', reason, compared: 'nothing, the files are the same' })
  }
  const compared = pair.replicates[0]?.counts.map(({ arm, version }) => `${arm} ${version ?? ''}`.trim()) ?? []
  return judgeRatio(opened, {
    tuned,
    logRatios: pair.replicates.map(({ logRatio }) => logRatio.estimate),
    thresholds,
    expectedIsExact: true,
    compared: `${compared.join(' with ')}${pair.sameFiles ? ' (same files, A/A)' : ''}`,
    binding: true,
  })
}

/**
 * Judges throughput under continuous load against another client's, measured in processes that took turns.
 *
 * @throws {UsageError} when that client was not measured beside, or the thresholds make no sense.
 */
export function judgeAgainstClient(
  measurement: Measurement,
  other: string,
  thresholds: Thresholds,
  context: JudgingContext,
): Verdict {
  const opened = openCase(measurement, `throughput against ${other}`, context)
  if ('state' in opened) return opened
  const { load, client, scenario } = opened.measurement
  if (other === 'wire') throw new UsageError('wire is the practical limit, printed and never budgeted against')
  const beside = load.filter((replicate) => loadOf(replicate, other) !== undefined)
  if (beside.length === 0) {
    throw new UsageError(`${other} was not measured beside ${client}; name it in \`beside\` of \`measure\``)
  }
  const tuned = opened.tuned.against?.[other]
  if (tuned === undefined) throw missingEntry(context, client, scenario, `against/${other}`)
  const verdict = judgeRatio(opened, {
    tuned,
    logRatios: beside.map((replicate) => Math.log(throughputIn(replicate, client) / throughputIn(replicate, other))),
    expectedIsExact: false,
    thresholds,
    compared: `${client} with ${other}, processes taking turns`,
    binding: opened.sameMachineClass,
  })
  return unlessSaturated(opened, verdict, [client, other])
}

/**
 * Judges requests per second: catches cliffs only.
 *
 * @param atLeast Requests per second.
 */
export function judgePerSecond(measurement: Measurement, atLeast: number, context: JudgingContext): Verdict {
  const opened = openCase(measurement, 'throughput per second', context)
  if ('state' in opened) return opened
  if (!(atLeast > 0)) throw new UsageError(`requestsPerSecond is ${atLeast}; expected a number above 0`)
  const { load, client } = opened.measurement
  const tuned = opened.need('requestsPerSecond')
  // On another class only a worsening beyond twice the budget is red (DESIGN section 4).
  const limit = opened.sameMachineClass ? atLeast : atLeast / 2
  const gains = load.map((replicate) => Math.log(throughputIn(replicate, client) / limit))
  const gain = replicateMean(gains, scatterFor(opened, tuned))
  const decided = gain.estimate >= 0 ? 'pass' : decide(gain, { tolerates: 0, catches: 0 }, opened.rates)
  const state = opened.sameMachineClass || decided === 'regressed' ? decided : 'pass'
  const verdict = opened.verdict({
    state,
    reason:
      (opened.sameMachineClass ? '' : 'another machine class than the tuned one, so only a cliff is red: ') +
      `${decided === 'pass' ? 'reaches' : 'does not reach'} ${limit} requests/s`,
    measured: mapInterval(intervalOf(gain), (log) => Math.exp(log) * limit),
    unit: 'requests/s',
    expected: tuned.expected,
    tolerates: limit,
    catches: limit,
    compared: 'the stated limit',
  })
  return verdict.state === 'pass' ? verdict : unlessSaturated(opened, verdict, [client])
}

/** Requests per second of a client in one replicate: the median over its windows. */
export function throughputIn(replicate: LoadReplicate, client: string): number {
  const load = loadOf(replicate, client)
  if (load === undefined) throw new UsageError(`${client} was not measured in this replicate`)
  return median(load.windows.map(({ requests, durationMs }) => (requests * 1e3) / durationMs))
}

function loadOf({ clients }: LoadReplicate, client: string): ClientLoad | undefined {
  return clients.find((load) => load.client === client)
}

/** Makes a verdict inconclusive when the throughput of one of the clients was really the target's. */
function unlessSaturated(opened: Case, verdict: Verdict, clients: readonly string[]): Verdict {
  if (!opened.sameMachineClass) return verdict
  const reasons = clients.flatMap((client) => saturatedTarget(opened.measurement, client) ?? [])
  return reasons.length === 0 ? verdict : { ...verdict, state: 'inconclusive', reason: reasons.join('; ') }
}

/**
 * Whether a client waited for the target more than the other way round, so that its throughput is the target's.
 *
 * @returns What was seen in words, or undefined.
 */
function saturatedTarget({ load, inFlight }: CompletedMeasurement, client: string): string | undefined {
  // With one request in flight each waits for the other by turns, and neither can be the bottleneck.
  if (inFlight === 1) return undefined
  const windows = load.flatMap((replicate) => loadOf(replicate, client)?.windows ?? [])
  const clientBusy = median(windows.map((window) => window.clientBusy))
  const targetBusy = median(windows.map((window) => window.targetBusy))
  if (targetBusy < clientBusy) return undefined
  const shares = `${Math.round(targetBusy * 100)} % of the time, that of ${client} ${Math.round(clientBusy * 100)} %`
  return `the target was the bottleneck: its thread was busy ${shares}`
}

interface RatioEvidence {
  readonly tuned: TunedValue
  readonly logRatios: readonly number[]
  readonly expectedIsExact: boolean
  readonly thresholds: Thresholds
  readonly compared: string
  readonly binding: boolean
}

function judgeRatio(opened: Case, evidence: RatioEvidence): Verdict {
  const { tuned, logRatios, expectedIsExact, thresholds, compared, binding } = evidence
  return judgeScattering(opened, {
    gains: logRatios.map((log) => log - Math.log(tuned.expected)),
    scatter: scatterFor(opened, tuned),
    ...(expectedIsExact ? {} : { tunedReplicates: tuned.replicates }),
    distances: distancesOf(thresholds, nameOf(opened)),
    worsening: (share) => Math.log(1 - share),
    valueAt: (gain) => tuned.expected * Math.exp(gain),
    unit: 'ratio',
    compared,
    binding,
    inWords: (gain) => {
      const change = Math.expm1(gain) * 100
      return `throughput is ${Math.abs(change).toFixed(1)} % ${change < 0 ? 'below' : 'above'} what is expected`
    },
  })
}
