import type { CompletedMeasurement } from '../measure/result.ts'
import { mean, median, standardDeviation } from '../statistics/summary.ts'
import { type BudgetFile, measurementsOf, type TunedScenario, type TunedValue } from './budget-file.ts'
import { ownCounts, perRequest } from './cost.ts'
import { throughputIn } from './throughput.ts'
import type { Verdict } from './verdict.ts'

/** Which entries a spec wants, by the names of its budgets. */
export type StatedBudgets = readonly Verdict['budget'][]

/**
 * What several runs say is to be expected of one client under one scenario.
 *
 * @param runs Measurements of that client and scenario, with A/A pairs where a budget against the reference is stated.
 * @param stated Names of the budgets that the spec states.
 */
export function proposeTuned(runs: readonly CompletedMeasurement[], stated: StatedBudgets): TunedScenario {
  const tuned: { -readonly [Entry in keyof TunedScenario]: TunedScenario[Entry] } = {}
  for (const budget of stated) {
    const other = /^throughput against (?<client>.*)$/.exec(budget)?.groups?.client
    if (budget === 'throughput against reference') tuned.reference = tunedNull(runs.flatMap(nullLogRatios))
    else if (other !== undefined) tuned.against = { ...tuned.against, [other]: tunedLogs(runs.map(logRatiosTo(other))) }
    else if (budget === 'throughput per second') {
      const rates = runs.map((run) => run.load.map((replicate) => throughputIn(replicate, run.client)))
      const logs = rates.map((each) => each.map(Math.log))
      tuned.requestsPerSecond = { ...tunedLogs(logs), lowest: rounded(Math.min(...rates.flat())) }
    } else if (budget === 'allocated bytes') tuned.allocatedBytesPerRequest = tunedAllocation(runs)
    else if (budget === 'request bytes') tuned.requestBytes = exact(runs, 'bytesIn')
    else if (budget === 'response bytes') tuned.responseBytes = exact(runs, 'bytesOut')
  }
  return tuned
}

/** The budget file with the entries of one client and scenario replaced. */
export function withTuned(file: BudgetFile, client: string, scenario: string, tuned: TunedScenario): BudgetFile {
  return { ...file, clients: { ...file.clients, [client]: { ...file.clients[client], [scenario]: tuned } } }
}

/**
 * The budget file with every scatter raised to the median of its kind over all clients and scenarios. The standard
 * deviation of a few values is too small by chance half of the time; the median of many is not.
 */
export function withTypicalScatter(file: BudgetFile): BudgetFile {
  const all = measurementsOf(file).map(({ tuned }) => tuned)
  const floorOf = (kind: (tuned: TunedScenario) => readonly TunedValue[]): number => {
    const scatters = all.flatMap((tuned) => kind(tuned).map(({ scatter }) => scatter))
    return scatters.length === 0 ? 0 : median(scatters)
  }
  const floors = {
    reference: floorOf(({ reference }) => (reference ? [reference] : [])),
    against: floorOf(({ against = {} }) => Object.values(against)),
    requestsPerSecond: floorOf(({ requestsPerSecond: value }) => (value ? [value] : [])),
    allocatedBytesPerRequest: floorOf(({ allocatedBytesPerRequest: value }) => (value ? [value] : [])),
  }
  const raised = <Value extends TunedValue>(value: Value, floor: number): Value => ({
    ...value,
    scatter: rounded(Math.max(value.scatter, floor)),
  })
  return measurementsOf(file).reduce((raising, { client, scenario, tuned }) => {
    const { reference, against, requestsPerSecond, allocatedBytesPerRequest: allocated } = tuned
    const clients = Object.entries(against ?? {}).map(([name, value]) => [name, raised(value, floors.against)])
    return withTuned(raising, client, scenario, {
      ...tuned,
      ...(reference && { reference: raised(reference, floors.reference) }),
      ...(against && { against: Object.fromEntries(clients) }),
      ...(requestsPerSecond && { requestsPerSecond: raised(requestsPerSecond, floors.requestsPerSecond) }),
      ...(allocated && { allocatedBytesPerRequest: raised(allocated, floors.allocatedBytesPerRequest) }),
    })
  }, file)
}

/** Below this, scatter is that of the few values drawn and not of the machine. */
const leastScatter = 0.002

/** Log-ratios of throughput to another client's, in each replicate in which it was measured. */
function logRatiosTo(other: string): (run: CompletedMeasurement) => number[] {
  return ({ load, client }) =>
    load
      .filter(({ clients }) => clients.some((each) => each.client === other))
      .map((replicate) => Math.log(throughputIn(replicate, client) / throughputIn(replicate, other)))
}

/**
 * Expected value and scatter of logarithms, grouped by run. Replicates of one run share the mood of the machine, so that
 * the scatter between runs, scaled to one replicate, counts where it is larger: deciding divides by all replicates.
 */
function tunedLogs(runs: readonly (readonly number[])[]): TunedValue {
  const logs = runs.flat()
  const withinRuns = Math.max(leastScatter, standardDeviation(logs))
  const perRun = logs.length / runs.length
  const betweenRuns = runs.length < 2 ? 0 : standardDeviation(runs.map((run) => mean(run))) * Math.sqrt(perRun)
  return {
    expected: rounded(Math.exp(mean(logs))),
    scatter: rounded(Math.max(withinRuns, betweenRuns)),
    replicates: logs.length,
  }
}

/** Pairs of the same files differ by nothing, so that every deviation from 0 is scatter. */
function tunedNull(logRatios: readonly number[]): TunedValue {
  const rootMeanSquare = Math.sqrt(mean(logRatios.map((log) => log ** 2)))
  return { expected: 1, scatter: rounded(Math.max(leastScatter, rootMeanSquare)), replicates: logRatios.length }
}

function nullLogRatios({ pair }: CompletedMeasurement): number[] {
  return pair.state === 'measured' && pair.sameFiles ? pair.replicates.map(({ logRatio }) => logRatio.estimate) : []
}

/** Expected is the client's own figure; scatter is the larger of that between processes and that between A/A arms. */
function tunedAllocation(runs: readonly CompletedMeasurement[]): TunedValue {
  const own = runs.map(({ load, client }) =>
    load.flatMap(({ clients }) => clients.find((each) => each.client === client)?.allocatedBytesPerRequest ?? []),
  )
  const pairs = runs.flatMap(({ pair }) => (pair.state === 'measured' && pair.sameFiles ? pair.replicates : []))
  const tuned = tunedLogs(own.map((bytes) => bytes.map(Math.log)))
  if (pairs.length === 0) return tuned
  const logs = pairs.flatMap(({ allocation: [current, reference] }) =>
    current && reference ? Math.log(current.bytesPerRequest / reference.bytesPerRequest) : [],
  )
  return { ...tuned, scatter: Math.max(tuned.scatter, tunedNull(logs).scatter) }
}

function exact(runs: readonly CompletedMeasurement[], counter: 'bytesIn' | 'bytesOut'): { expected: number } {
  const [first, ...others] = runs.flatMap((run) => ownCounts(run).map((counts) => perRequest(counts, counter)))
  if (first === undefined || others.some((other) => other !== first)) {
    throw new RangeError(`${counter} per request is not the same in every run: ${[first, ...others].join(', ')}`)
  }
  return { expected: first }
}

/** Four digits: what is measured scatters in the third. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
