import type { Window } from '../measure/job.ts'
import type { ClientLoad, CompletedMeasurement, LoadReplicate, Measurement } from '../measure/result.ts'
import { mapInterval } from '../statistics/interval.ts'
import { intervalOf, replicateMean } from '../statistics/replicates.ts'
import { median } from '../statistics/summary.ts'
import type { TunedValue } from './budget-file.ts'
import { decide, firstRedLook } from './decision.ts'
import { type Case, inflationOf, type JudgingContext, nameOf, openCase } from './judgement.ts'
import { measuredLoad } from './load-evidence.ts'
import { throughputInWords } from './reference-throughput.ts'
import { saturatedGenerator } from './saturated-generator.ts'
import { judgeAgainstTuned, leastKept, noiseOf, openTo } from './scattering.ts'
import { type RatioThresholds, ratioDistancesOf } from './thresholds.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/**
 * Judges throughput under continuous load against another client's, measured in processes that took turns.
 *
 * @throws {UsageError} when that client was not measured beside, or the thresholds make no sense.
 */
export function judgeAgainstClient(
  measurement: Measurement,
  other: string,
  thresholds: RatioThresholds,
  context: JudgingContext,
): Verdict {
  const opened = openCase(measurement, `throughput against ${other}`, context)
  if ('state' in opened) return opened
  const { client } = opened.measurement
  if (other === 'wire') throw new UsageError('wire is the practical limit, printed and never budgeted against')
  const beside = measuredLoad(opened).filter((replicate) => loadOf(replicate, other) !== undefined)
  if (beside.length === 0) {
    throw new UsageError(`${other} was not measured beside ${client}; name it in \`beside\` of \`measure\``)
  }
  const tuned = opened.tuned.against?.[other]
  if (tuned === undefined) throw opened.missing(`against/${other}`)
  const { expected = tuned.expected, ...distances } = ratioDistancesOf(thresholds, nameOf(opened))
  const value = { ...tuned, expected }
  const verdict = judgeAgainstTuned(opened, value, {
    gains: beside.map((replicate) =>
      Math.log(throughputIn(replicate, client) / throughputIn(replicate, other) / expected),
    ),
    distances,
    scale: 'throughput',
    unit: 'ratio',
    compared: `${client} with ${other}, processes taking turns`,
    inWords: throughputInWords,
  })
  return unlessSaturated(opened, verdict, [client, other])
}

/**
 * Judges requests per second: catches cliffs only.
 *
 * @param atLeast Requests per second.
 * @throws {UsageError} for a limit that is none, or within the noise of what was tuned.
 */
export function judgePerSecond(measurement: Measurement, atLeast: number, context: JudgingContext): Verdict {
  const opened = openCase(measurement, 'throughput per second', context)
  if ('state' in opened) return opened
  if (!(atLeast > 0 && Number.isFinite(atLeast)))
    throw new UsageError(`requestsPerSecond is ${atLeast}; expected a number above 0`)
  const { client } = opened.measurement
  const load = measuredLoad(opened)
  const tuned = opened.need('requestsPerSecond')
  requireBelowNoise(opened, atLeast, tuned)
  const { asFast } = opened
  // On another machine only a worsening beyond twice the budget is red (DESIGN section 4).
  const limit = asFast ? atLeast : atLeast / 2
  const gains = load.map((replicate) => Math.log(throughputIn(replicate, client) / limit))
  const scatter = tuned.scatter * inflationOf(opened, 'load')
  const gain = replicateMean(gains, scatter)
  const limits = { tolerates: 0, catches: 0 }
  const looks = opened.looks.load
  opened.note({ evidence: 'load', scale: 'throughput', gains, scatter, limits, looks })
  const noise = noiseOf(opened, gain)
  const decision = decide(gain, limits, opened.rates, looks, noise !== undefined)
  const undecided = asFast ? 'inconclusive' : 'pass'
  const verdict = opened.verdict({
    state: decision === 'open' ? undecided : decision,
    reason:
      (asFast ? '' : `${opened.machineDifference}, so only a cliff is red: `) +
      `${gain.estimate >= 0 ? 'reaches' : 'does not reach'} ${limit} requests/s`,
    measured: mapInterval(intervalOf(gain), (log) => Math.exp(log) * limit),
    unit: 'requests/s',
    expected: tuned.expected,
    tolerates: limit,
    catches: limit,
    compared: 'the stated limit',
    ...(asFast ? {} : { informs: true }),
    ...(decision === 'open' && { openTo: openTo(opened, 'load', gain, limits, noise) }),
  })
  return verdict.state === 'pass' ? verdict : unlessSaturated(opened, verdict, [client])
}

/** Refuses a limit that what was seen at tuning falls below by chance; on another machine class that is not known. */
function requireBelowNoise(opened: Case, atLeast: number, { expected, scatter, replicates }: TunedValue): void {
  if (!opened.sameMachineClass) return
  const least = leastKept(opened, { tunedScatter: scatter, tunedReplicates: replicates, evidence: 'load' })
  const most = expected * Math.exp(least)
  if (atLeast <= most) return
  throw new UsageError(
    `${nameOf(opened)}: ${atLeast} requests/s lie within the noise of this budget: there were ${expected} at tuning, ` +
      `scattering by ${scatter} between processes, so that ${Math.floor(most)} is the most that can be demanded (four standard ` +
      `errors of ${firstRedLook(opened.looks.load)} replicates)`,
  )
}

/**
 * Requests per second of a client in one replicate: the median over its windows.
 *
 * @param point Of a sweep. Default: its largest.
 * @throws {UsageError} when the client, or the point, was not measured.
 */
export function throughputIn(replicate: LoadReplicate, client: string, point?: number): number {
  const load = loadOf(replicate, client)
  if (load === undefined) throw new UsageError(`${client} was not measured in this replicate`)
  const windows = windowsAt(load, point)
  if (windows.length === 0) throw new UsageError(`${client} was not measured at ${point}`)
  return median(windows.map(({ requests, durationMs }) => (requests * 1e3) / durationMs))
}

/** The windows of a client at a point of a sweep, by default its largest; all of them without a sweep. */
export function windowsAt({ windows }: ClientLoad, point = largestPoint(windows)): readonly Window[] {
  return windows.filter((window) => window.point === point)
}

function largestPoint(windows: readonly Window[]): number | undefined {
  const points = windows.flatMap(({ point }) => point ?? [])
  return points.length === 0 ? undefined : Math.max(...points)
}

/** What was measured of a client in one replicate; undefined where it was not part of it. */
export function loadOf({ clients }: LoadReplicate, client: string): ClientLoad | undefined {
  return clients.find((load) => load.client === client)
}

/** Whether a replicate has windows of a client. @param point Of a sweep. Default: its largest. */
export function wasLoaded(replicate: LoadReplicate, client: string, point?: number): boolean {
  const load = loadOf(replicate, client)
  return load !== undefined && windowsAt(load, point).length > 0
}

/** What was measured of a client, in each replicate that it was part of. */
export function loadsOf({ load }: Pick<CompletedMeasurement, 'load'>, client: string): readonly ClientLoad[] {
  return load.flatMap((replicate) => loadOf(replicate, client) ?? [])
}

/** Makes a verdict inconclusive when the throughput of one of the clients was really the target's, or the load generator's. */
export function unlessSaturated(opened: Case, verdict: Verdict, clients: readonly string[], point?: number): Verdict {
  const { measurement, asFast } = opened
  // What only informs passes whoever was the bottleneck, but is no red of the client's. A gateway is measured to be the bottleneck.
  const informs = !asFast && measurement.loadShape !== 'gateway'
  if (informs && verdict.state !== 'regressed') return verdict
  const reasons = clients.flatMap((client) => bottlenecks(measurement, client, point))
  if (reasons.length === 0) return verdict
  // More of the same would not tell.
  const { openTo: _, ...closed } = verdict
  return { ...closed, state: 'inconclusive', reason: reasons.join('; ') }
}

/**
 * Why the throughput of a client was really the target's, or the load generator's, in words; empty where it was its own.
 *
 * @param point Of a sweep. Default: its largest.
 */
export function bottlenecks(measurement: CompletedMeasurement, client: string, point?: number): readonly string[] {
  const seen = [saturatedTarget(measurement, client, point), saturatedGenerator(client, loadsOf(measurement, client))]
  return seen.filter((reason) => reason !== undefined)
}

/**
 * Whether a client waited for the target more than the other way round, so that its throughput is the target's.
 *
 * @returns What was seen in words, or undefined.
 */
function saturatedTarget(
  measurement: CompletedMeasurement,
  client: string,
  point: number | undefined,
): string | undefined {
  // With one request in flight each waits for the other by turns, and neither can be the bottleneck.
  if ((point ?? measurement.inFlight) === 1) return undefined
  const windows = loadsOf(measurement, client).flatMap((own) => windowsAt(own, point))
  const clientBusy = median(windows.map((window) => window.clientBusy))
  const targetBusy = median(windows.map((window) => window.targetBusy))
  if (targetBusy < clientBusy) return undefined
  const shares = `${Math.round(targetBusy * 100)} % of the time, that of ${client} ${Math.round(clientBusy * 100)} %`
  return `the target was the bottleneck: its thread was busy ${shares}`
}
