import type { CompletedMeasurement } from '../measure/result.ts'
import { mean, median } from '../statistics/summary.ts'
import { type BudgetFile, measurementsOf, type TunedScenario, tunedFor } from './budget-file.ts'
import { loadOf, throughputIn } from './throughput.ts'

const control = 'http'

/**
 * Machines of one class are not always as fast: virtual ones share theirs. On the one of the tuning, plain `node:http` made
 * 45,000 requests a second on one day and 15,000 on another, without any stolen time, and undici's dispatch nearly as many on
 * both; ratios between clients, and what they allocate, move with that. Between processes of one day the control scatters
 * by a tenth.
 */
const mostDifference = 1.5

/**
 * Requests per second of the control when a client was tuned under a scenario: as recorded, else as its own throughput and
 * share say, else what other clients of the file say of the same scenario.
 *
 * @returns Undefined where nothing tells.
 */
export function tunedControl(file: BudgetFile, client: string, scenario: string): number | undefined {
  const own = controlOf(client, tunedFor(file, client, scenario))
  if (own !== undefined) return own
  const others = measurementsOf(file).flatMap((each) =>
    each.scenario === scenario ? (controlOf(each.client, each.tuned) ?? []) : [],
  )
  return others.length === 0 ? undefined : median(others)
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
    .filter((replicate) => loadOf(replicate, control) !== undefined)
    .map((replicate) => Math.log(throughputIn(replicate, control)))
}

/**
 * Whether the control, measured beside the client, is far from what it made at tuning: then the machine is not the one that
 * figures were tuned on, whatever its class says, and they tell a change of the machine rather than one of the client.
 *
 * @returns What differs in words, or undefined.
 */
export function controlDifference(measurement: CompletedMeasurement, file: BudgetFile): string | undefined {
  const expected = tunedControl(file, measurement.client, measurement.scenario)
  const logs = controlLogs(measurement)
  if (expected === undefined || logs.length === 0) return undefined
  const ratio = Math.exp(mean(logs)) / expected
  if (Math.max(ratio, 1 / ratio) <= mostDifference) return undefined
  return `the control makes ${Math.round(ratio * 100)} % of what it made at tuning`
}
