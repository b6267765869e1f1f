import type { CompletedMeasurement } from '../measure/result.ts'
import { mean, median } from '../statistics/summary.ts'
import { type BudgetFile, measurementsOf, type TunedScenario } from './budget-file.ts'
import { throughputIn, wasLoaded } from './throughput.ts'

const control = 'http'

/**
 * Machines of one class are not always as fast: virtual ones share theirs. On the one of the tuning, plain `node:http` made
 * 45,000 requests a second on one day and 15,000 on another, without any stolen time, and undici's dispatch nearly as many on
 * both; ratios between clients, and what they allocate, move with that. Between measurements of one run the control's own
 * processes scatter by up to a sixth (standard deviation of logarithms), and what it is compared with is the median of many.
 */
export const mostDifference = 1.5

/**
 * Requests per second of the control when clients were tuned under a scenario: it does the same beside each of them, so that
 * the median over all is known better than what it made beside one. As recorded, else as throughput and share say.
 *
 * @returns Undefined where nothing tells.
 */
export function tunedControl(file: BudgetFile, scenario: string): number | undefined {
  const rates = measurementsOf(file).flatMap((each) =>
    each.scenario === scenario ? (controlOf(each.client, each.tuned) ?? []) : [],
  )
  return rates.length === 0 ? undefined : median(rates)
}

function controlOf(
  client: string,
  { controlRequestsPerSecond, requestsPerSecond, against }: TunedScenario,
): number | undefined {
  if (controlRequestsPerSecond !== undefined) return controlRequestsPerSecond.expected
  const share = client === control ? 1 : against?.[control]?.expected
  return requestsPerSecond === undefined || share === undefined ? undefined : requestsPerSecond.expected / share
}

/** Requests per second of the control in each replicate in which it was loaded, natural logarithms. */
export function controlLogs({ load }: Pick<CompletedMeasurement, 'load'>): number[] {
  return load
    .filter((replicate) => wasLoaded(replicate, control))
    .map((replicate) => Math.log(throughputIn(replicate, control)))
}

/**
 * Whether the control, measured beside the client, is far from what it made at tuning: then the machine is not the one that
 * figures were tuned on, whatever its class says, and they tell a change of the machine rather than one of the client.
 *
 * @param replicates Only the first so many tell: those of the first look, so that it is decided once for all looks. Default: all.
 * @returns What differs in words, or undefined.
 */
export function controlDifference(
  measurement: CompletedMeasurement,
  file: BudgetFile,
  replicates?: number,
): string | undefined {
  const expected = tunedControl(file, measurement.scenario)
  const logs = controlLogs(measurement).slice(0, replicates)
  if (expected === undefined || logs.length === 0) return undefined
  const ratio = Math.exp(mean(logs)) / expected
  if (Math.max(ratio, 1 / ratio) <= mostDifference) return undefined
  return `the control makes ${Math.round(ratio * 100)} % of what it made at tuning`
}
