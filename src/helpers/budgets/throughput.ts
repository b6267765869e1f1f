import type { ClientLoad, CompletedMeasurement, LoadReplicate, Measurement } from '../measure/result.ts'
import { mapInterval } from '../statistics/interval.ts'
import { intervalOf, replicateMean } from '../statistics/replicates.ts'
import { quantile } from '../statistics/summary.ts'
import type { TunedValue } from './budget-file.ts'
import { decide } from './decision.ts'
import { type Case, type JudgingContext, missingEntry, openCase, scatterFor } from './judgement.ts'
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
  if (pair.state === 'same files') {
    const reason = 'both trees hold the same files; this run drew others for its A/A'
    return opened.verdict({ state: 'pass', reason, compared: 'nothing, the files are the same' })
  }
  const compared = pair.replicates[0]?.counts.map(({ arm, version }) => `${arm} ${version ?? ''}`.trim()) ?? []
  return judgeRatio(opened, {
    tuned: opened.need('reference'),
    logRatios: pair.replicates.map(({ logRatio }) => logRatio.estimate),
    thresholds,
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
  const saturated = saturatedTarget(opened.measurement)
  const verdict = judgeRatio(opened, {
    tuned,
    logRatios: beside.map((replicate) => Math.log(throughputIn(replicate, client) / throughputIn(replicate, other))),
    thresholds,
    compared: `${client} with ${other}, processes taking turns`,
    binding: opened.sameMachineClass,
  })
  return saturated === undefined ? verdict : { ...verdict, state: 'inconclusive', reason: saturated }
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
  const logs = load.map((replicate) => Math.log(throughputIn(replicate, client)))
  const average = replicateMean(logs, scatterFor(opened, tuned))
  // On another class only a worsening beyond twice the budget is red (DESIGN section 4).
  const limit = opened.sameMachineClass ? atLeast : atLeast / 2
  const gain = { ...average, estimate: average.estimate - Math.log(limit) }
  const state = gain.estimate >= 0 ? 'pass' : decide(gain, { tolerates: 0, catches: 0 }, opened.rates)
  return opened.verdict({
    state,
    reason: `${elsewhere(opened)}${state === 'pass' ? 'reaches' : 'does not reach'} ${limit} requests/s`,
    measured: mapInterval(intervalOf(average), Math.exp),
    unit: 'requests/s',
    expected: tuned.expected,
    tolerates: limit,
    catches: limit,
    compared: 'the stated limit',
  })
}

/** Requests per second of a client in one replicate: the median over its windows. */
export function throughputIn(replicate: LoadReplicate, client: string): number {
  const load = loadOf(replicate, client)
  if (load === undefined) throw new UsageError(`${client} was not measured in this replicate`)
  return quantile(
    load.windows.map(({ requests, durationMs }) => (requests * 1e3) / durationMs),
    0.5,
  )
}

function loadOf({ clients }: LoadReplicate, client: string): ClientLoad | undefined {
  return clients.find((load) => load.client === client)
}

/**
 * Whether the client waited for the target more than the other way round, so that its throughput is the target's.
 *
 * @returns What was seen in words, or undefined.
 */
export function saturatedTarget({ load, client, inFlight }: CompletedMeasurement): string | undefined {
  // With one request in flight each waits for the other by turns, and neither can be the bottleneck.
  if (inFlight === 1) return undefined
  const windows = load.flatMap((replicate) => loadOf(replicate, client)?.windows ?? [])
  const clientBusy = quantile(
    windows.map((window) => window.clientBusy),
    0.5,
  )
  const targetBusy = quantile(
    windows.map((window) => window.targetBusy),
    0.5,
  )
  if (targetBusy < clientBusy) return undefined
  const shares = `${Math.round(targetBusy * 100)} % of the time, the client's ${Math.round(clientBusy * 100)} %`
  return `the target was the bottleneck: its thread was busy ${shares}`
}

interface RatioEvidence {
  readonly tuned: TunedValue
  readonly logRatios: readonly number[]
  readonly thresholds: Thresholds
  readonly compared: string
  /** False where the budget only informs: then only a worsening beyond twice `catches` is red. */
  readonly binding: boolean
}

function judgeRatio(opened: Case, { tuned, logRatios, thresholds, compared, binding }: RatioEvidence): Verdict {
  const name = `${opened.measurement.client} ${opened.measurement.scenario}, ${opened.budget}`
  const { tolerates, catches } = distancesOf(thresholds, name)
  const average = replicateMean(logRatios, scatterFor(opened, tuned))
  const gain = { ...average, estimate: average.estimate - Math.log(tuned.expected) }
  const cliff = Math.log(Math.max(1 - 2 * catches, Number.MIN_VALUE))
  const limits = { tolerates: Math.log(1 - tolerates), catches: Math.log(1 - catches) }
  const state = binding ? decide(gain, limits, opened.rates) : gain.estimate < cliff ? 'regressed' : 'pass'
  return opened.verdict({
    state,
    reason: `${binding ? '' : elsewhere(opened)}${inWords(state, Math.exp(gain.estimate) - 1)}`,
    measured: mapInterval(intervalOf(average), Math.exp),
    unit: 'ratio',
    expected: tuned.expected,
    tolerates: tuned.expected * (1 - tolerates),
    catches: tuned.expected * (1 - catches),
    compared,
  })
}

function elsewhere({ sameMachineClass }: Case): string {
  return sameMachineClass ? '' : 'another machine class than the tuned one, so only a cliff is red: '
}

function inWords(state: Verdict['state'], change: number): string {
  const moved = `throughput is ${Math.abs(change * 100).toFixed(1)} % ${change < 0 ? 'below' : 'above'} what is expected`
  if (state === 'inconclusive') return `${moved}, and the interval reaches both what is tolerated and what is caught`
  return state === 'regressed' ? `${moved}, wholly beyond what is tolerated` : moved
}
