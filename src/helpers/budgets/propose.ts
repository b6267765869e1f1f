import { tellsAllocatedBytes } from '../measure/measuring-node.ts'
import type { CompletedMeasurement } from '../measure/result.ts'
import type { ScatterEstimate } from '../statistics/moderated-scatter.ts'
import { mean, rootMeanSquare, standardDeviation } from '../statistics/summary.ts'
import { allocatedBy } from './allocation.ts'
import { type TunedScenario, withEntry } from './budget-file.ts'
import { controlLogs } from './control.ts'
import { referenceKinds } from './kinds.ts'
import { measuredValues } from './measured-values.ts'
import { leastOwnScatter, ownRetained, ownRetainedBudget } from './own-retention.ts'
import type { MeasuredPair } from './pair-evidence.ts'
import { type ProposedValue, proposedValue, rounded } from './proposed-value.ts'
import { leastLogScatter, type ReferenceKind } from './reference-kind.ts'
import { throughputKind } from './reference-throughput.ts'
import { scales } from './scales.ts'
import { scalingName, scalingPoints } from './scaling.ts'
import { delayKinds } from './service.ts'
import type { Verdict } from './verdict.ts'

/** Which entries a spec wants, by the names of its budgets. */
export type StatedBudgets = readonly Verdict['budget'][]

/** Pairs whose arms are equal in behaviour and different in text (A/A′). */
interface Further {
  /** Those of other clients and scenarios are left out. Default none. */
  readonly equalBuilds?: readonly CompletedMeasurement[]
}

/**
 * What several runs say is to be expected of one client under one scenario.
 *
 * @param runs Measurements of that client and scenario, with A/A pairs where a budget against the reference is stated.
 * @param stated Names of the budgets that the spec states.
 * @throws {RangeError} when the runs do not hold what a stated budget is tuned by.
 */
export function proposeTuned(
  runs: readonly CompletedMeasurement[],
  stated: StatedBudgets,
  { equalBuilds = [] }: Further = {},
): TunedScenario {
  const nulls = runs.flatMap(nullPair)
  const builds = equalBuilds.filter((build) => runs.some((run) => isOfSame(run, build))).flatMap(measuredPairOf)
  let tuned: TunedScenario = controlOf(runs)
  for (const budget of stated) {
    const kind = referenceKinds.find((each) => each.budget === budget)
    const other = /^throughput against (?<client>.*)$/.exec(budget)?.groups?.client
    const delay = Object.values(delayKinds).find((each) => each.budget === budget)
    const points = scalingPoints(budget.replace(/^throughput at /, ''))
    const logs = (place: string): ProposedValue => tunedLogs(measuredIn(runs, place, budget).map(logarithms))
    if (kind !== undefined) {
      tuned = withEntry(tuned, kind.place, tunedNull(kind, nulls, builds))
      if (kind === throughputKind) tuned = { ...tuned, ...tunedSolo(nulls) }
    } else if (points !== undefined) {
      const place = `scaling/${scalingName(points)}`
      tuned = withEntry(tuned, place, logs(place))
    } else if (other !== undefined) tuned = withEntry(tuned, `against/${other}`, logs(`against/${other}`))
    else if (delay !== undefined) tuned = withEntry(tuned, delay.place, logs(delay.place))
    else if (budget === 'throughput per second') {
      const lowest = rounded(Math.min(...measuredIn(runs, 'requestsPerSecond', budget).flat()))
      tuned = { ...tuned, requestsPerSecond: { ...logs('requestsPerSecond'), lowest } }
    } else if (budget === 'allocated bytes') {
      const own = measuredIn(runs, 'allocatedBytesPerRequest', budget).map(logarithms)
      tuned = { ...tuned, allocatedBytesPerRequest: tunedAllocation(own, nulls, builds) }
    } else if (budget === ownRetainedBudget) {
      tuned = { ...tuned, ownRetainedBytesPerRequest: tunedOwnRetention(runs) }
    } else if (budget === 'request bytes') tuned = { ...tuned, requestBytes: exact(runs, 'requestBytes') }
    else if (budget === 'response bytes') tuned = { ...tuned, responseBytes: exact(runs, 'responseBytes') }
  }
  return tuned
}

function isOfSame(one: CompletedMeasurement, other: CompletedMeasurement): boolean {
  return one.client === other.client && one.scenario === other.scenario
}

function measuredPairOf({ pair }: CompletedMeasurement): MeasuredPair[] {
  return pair.state === 'measured' ? [pair] : []
}

/** Pairs of the same files. */
function nullPair(run: CompletedMeasurement): MeasuredPair[] {
  return measuredPairOf(run).filter(({ sameFiles }) => sameFiles)
}

/** What each run measured at a place, without those that did not. @throws {RangeError} when none did. */
function measuredIn(
  runs: readonly CompletedMeasurement[],
  place: string,
  budget: string,
): readonly (readonly number[])[] {
  const measured = runs.map((run) => measuredValues(run, place)).filter(({ length }) => length > 0)
  if (measured.length === 0) {
    const { node } = process.versions
    const cannot = place === 'allocatedBytesPerRequest' && !tellsAllocatedBytes(node)
    const why = cannot ? `Node ${node} cannot tell them; 26 and newer can` : 'no run has measured it'
    throw new RangeError(`${budget}: ${why}`)
  }
  return measured
}

function logarithms(values: readonly number[]): readonly number[] {
  return values.map((value) => Math.log(value))
}

/** Expected value and scatter of logarithms, grouped by run. */
function tunedLogs(runs: readonly (readonly number[])[], further: readonly ScatterEstimate[] = []): ProposedValue {
  return tunedMean(runs, { least: leastLogScatter, further, expectedAt: Math.exp })
}

/** How a mean becomes an expected value. */
interface Mean {
  readonly least: number
  readonly further?: readonly ScatterEstimate[]
  /** Default: the mean itself. */
  readonly expectedAt?: (mean: number) => number
}

/**
 * Expected value and scatter of what is averaged, grouped by run. Replicates of one run share the mood of the machine, so
 * that the scatter between runs, scaled to one replicate, counts where its bound is larger: deciding divides by all
 * replicates. Of a few runs it is known badly; what others of its kind scatter moderates it afterwards.
 */
function tunedMean(
  runs: readonly (readonly number[])[],
  { least, further = [], expectedAt = (value) => value }: Mean,
): ProposedValue {
  if (runs.length < 2) throw new RangeError('one run does not tell how runs differ')
  const values = runs.flat()
  const ofReplicates = { deviation: standardDeviation(values), degreesOfFreedom: values.length - 1 }
  const perRun = values.length / runs.length
  const means = runs.map((run) => mean(run))
  const ofRuns = { deviation: standardDeviation(means) * Math.sqrt(perRun), degreesOfFreedom: runs.length - 1 }
  return proposedValue(
    { expected: expectedAt(mean(values)), replicates: values.length },
    [ofReplicates, ofRuns, ...further],
    least,
  )
}

/**
 * Arms that are equal differ by nothing, so that every deviation from 0 is scatter. Builds that differ in text scatter by
 * themselves, and the larger figure counts: what is gated is code that differs.
 */
function tunedNull(
  kind: ReferenceKind,
  nulls: readonly MeasuredPair[],
  builds: readonly MeasuredPair[],
): ProposedValue {
  const gains = nulls.flatMap((pair) => kind.gains(pair))
  if (gains.length === 0) throw new RangeError(`${kind.budget}: no run has an A/A pair that tells its scatter`)
  const gainsOfBuilds = builds.flatMap((pair) => kind.gains(pair))
  const value = { expected: scales[kind.scale].equal, replicates: gains.length }
  return proposedValue(value, aroundNothing(gains, gainsOfBuilds), kind.leastScatter(nulls))
}

/** The scatter of the solo check, where the pairs have one. */
function tunedSolo(nulls: readonly MeasuredPair[]): Pick<TunedScenario, 'solo'> {
  const logs = nulls.flatMap(({ solo }) => solo.map(({ logRatio }) => logRatio))
  if (logs.length === 0) return {}
  return { solo: proposedValue({ expected: 1, replicates: logs.length }, aroundNothing(logs), leastLogScatter) }
}

/** The scatter around 0 of the samples that have values. */
function aroundNothing(...samples: readonly (readonly number[])[]): readonly ScatterEstimate[] {
  return samples.flatMap((sample) =>
    sample.length === 0 ? [] : { deviation: rootMeanSquare(sample), degreesOfFreedom: sample.length },
  )
}

/** Expected is the client's own figure; scatter is the largest of that between processes and those between equal arms. */
function tunedAllocation(
  own: readonly (readonly number[])[],
  nulls: readonly MeasuredPair[],
  builds: readonly MeasuredPair[],
): ProposedValue {
  const logRatios = (pairs: readonly MeasuredPair[]): number[] =>
    pairs.flatMap(({ replicates }) =>
      replicates.flatMap((replicate) => {
        const bytes = allocatedBy(replicate)
        return bytes === undefined ? [] : Math.log(bytes.current / bytes.reference)
      }),
    )
  return tunedLogs(own, aroundNothing(logRatios(nulls), logRatios(builds)))
}

function tunedOwnRetention(runs: readonly CompletedMeasurement[]): ProposedValue {
  const bytes = runs.map(ownRetained).filter(({ length }) => length > 0)
  if (bytes.length === 0) throw new RangeError(`${ownRetainedBudget}: no mock answered in any run`)
  return tunedMean(bytes, { least: leastOwnScatter })
}

function exact(
  runs: readonly CompletedMeasurement[],
  place: 'requestBytes' | 'responseBytes',
): { readonly expected: number } {
  const counted = runs.flatMap((run) => measuredValues(run, place))
  const [first] = counted
  if (first === undefined) throw new RangeError(`${place}: no run has counted it`)
  if (counted.some((other) => other !== first)) {
    throw new RangeError(`${place}: not the same in every run: ${[...new Set(counted)].join(', ')}`)
  }
  return { expected: first }
}

/** How fast the machine was, by the control; nothing where it was not loaded. */
function controlOf(runs: readonly CompletedMeasurement[]): Pick<TunedScenario, 'controlRequestsPerSecond'> {
  const logs = runs.flatMap(controlLogs)
  return logs.length === 0 ? {} : { controlRequestsPerSecond: { expected: rounded(Math.exp(mean(logs))) } }
}
