import type { CompletedMeasurement } from '../measure/result.ts'
import { mean } from '../statistics/summary.ts'
import type { TunedScenario } from './budget-file.ts'
import { loadOf, throughputIn } from './throughput.ts'

const control = 'http'

/**
 * Machines of one class are not always as fast: virtual ones share theirs. On the one of the tuning, plain `node:http` made
 * 45,000 requests a second on one day and 15,000 on another, without any stolen time, and undici's dispatch nearly as many on
 * both; ratios between clients, and what they allocate, move with that. Between processes of one day the control scatters
 * by a tenth.
 */
const mostDifference = 1.5

/** Requests per second of the control beside a client when it was tuned; undefined where it is not known. */
export function tunedControl({
  controlRequestsPerSecond,
  requestsPerSecond,
  against,
}: TunedScenario): number | undefined {
  if (controlRequestsPerSecond !== undefined) return controlRequestsPerSecond.expected
  const share = against?.[control]?.expected
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
export function controlDifference(measurement: CompletedMeasurement, tuned: TunedScenario): string | undefined {
  const expected = tunedControl(tuned)
  const logs = controlLogs(measurement)
  if (expected === undefined || logs.length === 0) return undefined
  const ratio = Math.exp(mean(logs)) / expected
  if (Math.max(ratio, 1 / ratio) <= mostDifference) return undefined
  return `the control makes ${Math.round(ratio * 100)} % of what it made at tuning`
}
