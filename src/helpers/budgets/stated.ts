import type { Evidence, Measurement } from '../measure/result.ts'
import { type CostThresholds, costKinds, judgeCosts } from './cost.ts'
import type { JudgingContext } from './judgement.ts'
import { ownRetainedBudget } from './own-retention.ts'
import type { ReferenceKind } from './reference-kind.ts'
import { judgeAgainstReference, throughputKind } from './reference-throughput.ts'
import type { ScaleName } from './scales.ts'
import { judgeScaling, scalingPoints } from './scaling.ts'
import { delayKinds, judgeService, type ServiceThresholds } from './service.ts'
import { judgeTail, type TailThresholds, tailKind } from './tail.ts'
import {
  type ByteThresholds,
  byteDistancesOf,
  type Distances,
  distancesOf,
  type RatioThresholds,
  type Thresholds,
} from './thresholds.ts'
import { judgeAgainstClient, judgePerSecond } from './throughput.ts'
import type { Verdict } from './verdict.ts'

/** What a spec states about one client under one scenario, as its matchers were called. */
export interface StatedThresholds {
  reference?: Thresholds
  tail?: TailThresholds
  readonly against: Map<string, RatioThresholds>
  /** By the points of a sweep, as {@link scalingName} names them. */
  scaling?: Readonly<Record<string, Thresholds>>
  requestsPerSecond?: number
  service?: ServiceThresholds
  costs?: CostThresholds
}

/** A stated budget about a value that scatters. */
export interface StatedDistances {
  /** Name of the budget in messages. */
  readonly budget: string
  /** Where its tuned value stands among the entries of the client and scenario. */
  readonly place: string
  readonly distances: Distances
  readonly scale: ScaleName
  readonly evidence: Evidence
  /** Whether the expected value is known, and not estimated. */
  readonly expectedIsExact: boolean
}

/**
 * The stated budgets that go by two distances, in the order of the matchers.
 *
 * @param name Client and scenario for messages.
 * @throws {UsageError} for thresholds that make no sense.
 */
export function statedDistances(stated: StatedThresholds, name: string): StatedDistances[] {
  const ofKind = (kind: ReferenceKind, read: (budget: string) => Distances): StatedDistances => {
    const { budget, place, scale, evidence } = kind
    return { budget, place, scale, evidence, distances: read(`${name}, ${budget}`), expectedIsExact: true }
  }
  const { reference, tail = {}, against, scaling = {}, service = {}, costs = {} } = stated
  return [
    ...(reference ? [ofKind(throughputKind, (budget) => distancesOf(reference, budget, 'throughput'))] : []),
    ...Object.entries(tail).map(([rung, thresholds]) =>
      ofKind(tailKind(rung), (budget) => distancesOf(thresholds, budget, tailKind(rung).scale)),
    ),
    ...[...against].map(([client, { expected: _, ...thresholds }]) =>
      underLoad(`throughput against ${client}`, `against/${client}`, thresholds, name),
    ),
    ...Object.entries(scaling).map(([points, thresholds]) =>
      underLoad(`throughput at ${points}`, `scaling/${points}`, thresholds, name),
    ),
    ...delaysStated(service).map(({ budget, place, thresholds }) => underLoad(budget, place, thresholds, name, 'cost')),
    ...(costs.allocatedBytes ? allocationDistances(costs.allocatedBytes, name) : []),
    ...(['bufferBytes', 'cpu', 'time'] as const).flatMap((entry) => {
      const thresholds = costs[entry]
      return thresholds ? ofKind(costKinds[entry], (budget) => distancesOf(thresholds, budget, 'cost')) : []
    }),
    ...(['retainedBytes', 'residentBytes'] as const).flatMap((entry) => {
      const thresholds = costs[entry]
      return thresholds ? ofKind(costKinds[entry], (budget) => byteDistancesOf(thresholds, budget)) : []
    }),
    ...(costs.ownRetainedBytes ? [ownRetainedDistances(costs.ownRetainedBytes, name)] : []),
  ]
}

/** The delays that are stated, each with its thresholds. */
function delaysStated(service: ServiceThresholds) {
  return (['eventLoopDelay', 'pingBeside'] as const).flatMap((entry) => {
    const thresholds = service[entry]
    return thresholds ? { ...delayKinds[entry], thresholds } : []
  })
}

/** What is measured under load and compared with an estimate: a ratio of throughputs, or a cost. */
function underLoad(
  budget: string,
  place: string,
  thresholds: Thresholds,
  name: string,
  scale: 'throughput' | 'cost' = 'throughput',
): StatedDistances {
  return {
    budget,
    place,
    distances: distancesOf(thresholds, `${name}, ${budget}`, scale),
    scale,
    evidence: 'load',
    expectedIsExact: false,
  }
}

/** Allocation is compared with the reference where that differs, else with the tuned figure, and must hold for both. */
function allocationDistances(thresholds: Thresholds, name: string): StatedDistances[] {
  const common = {
    place: 'allocatedBytesPerRequest',
    distances: distancesOf(thresholds, `${name}, allocated bytes`, 'cost'),
    scale: 'cost',
  } as const
  return [
    { ...common, budget: 'allocated bytes against reference', evidence: 'pair', expectedIsExact: true },
    { ...common, budget: 'allocated bytes against the tuned figure', evidence: 'load', expectedIsExact: false },
  ]
}

/** What is left behind is compared with an estimate: there is no arm beside it. */
function ownRetainedDistances(thresholds: ByteThresholds, name: string): StatedDistances {
  return {
    budget: ownRetainedBudget,
    place: 'ownRetainedBytesPerRequest',
    distances: byteDistancesOf(thresholds, `${name}, ${ownRetainedBudget}`),
    scale: 'bytes',
    evidence: 'load',
    expectedIsExact: false,
  }
}

/** Names of the stated budgets that the budget file has entries for, as verdicts have them. */
export function tunedBudgetNames({
  reference,
  tail = {},
  against,
  scaling = {},
  requestsPerSecond,
  service = {},
  costs = {},
}: StatedThresholds): string[] {
  return [
    ...(reference === undefined ? [] : [throughputKind.budget]),
    ...Object.keys(tail).map((rung) => tailKind(rung).budget),
    ...[...against.keys()].map((client) => `throughput against ${client}`),
    ...Object.keys(scaling).map((points) => `throughput at ${points}`),
    ...(requestsPerSecond === undefined ? [] : ['throughput per second']),
    ...delaysStated(service).map(({ budget }) => budget),
    ...(costs.allocatedBytes === undefined ? [] : ['allocated bytes']),
    ...(costs.requestBytes === undefined ? [] : ['request bytes']),
    ...(costs.responseBytes === undefined ? [] : ['response bytes']),
    ...(['bufferBytes', 'cpu', 'time', 'retainedBytes', 'residentBytes'] as const).flatMap((entry) =>
      costs[entry] === undefined ? [] : costKinds[entry].budget,
    ),
    ...(costs.ownRetainedBytes === undefined ? [] : [ownRetainedBudget]),
  ]
}

/** Judges everything that is stated, as the matchers do at one look. */
export function judgeStated(measurement: Measurement, stated: StatedThresholds, context: JudgingContext): Verdict[] {
  const { reference, tail, against, scaling = {}, requestsPerSecond, service, costs } = stated
  return [
    ...(reference ? [judgeAgainstReference(measurement, reference, context)] : []),
    ...(tail ? judgeTail(measurement, tail, context) : []),
    ...[...against].map(([client, thresholds]) => judgeAgainstClient(measurement, client, thresholds, context)),
    ...Object.entries(scaling).flatMap(([name, thresholds]) => {
      const points = scalingPoints(name)
      return points === undefined ? [] : judgeScaling(measurement, points, thresholds, context)
    }),
    ...(requestsPerSecond === undefined ? [] : [judgePerSecond(measurement, requestsPerSecond, context)]),
    ...(service ? judgeService(measurement, service, context) : []),
    ...(costs ? judgeCosts(measurement, costs, context) : []),
  ]
}
