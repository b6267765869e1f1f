import { loadOf, throughputIn } from '../../budgets/throughput.ts'
import type { LoadReplicate } from '../../measure/result.ts'
import { type Mean, meanOf } from '../../statistics/student.ts'
import { mean, median } from '../../statistics/summary.ts'
import { type ThreeWayReplicate, threeWayArms } from './record.ts'

/** How one of the three did under a scenario. */
export interface ThreeWayFigures {
  readonly client: string
  readonly role: string
  /** Of a burst, over all processes. */
  readonly meanMs: number
  readonly medianMs: number
  readonly requestsPerSecond: number
  /** ln of throughput against the first of the three, one a replicate; undefined for that one itself. */
  readonly gain?: Mean
}

const [slow] = threeWayArms

/** How each of the three did under a scenario; those that were not measured are absent. */
export function threeWayFigures(
  replicates: readonly ThreeWayReplicate[],
  scenario: string,
): readonly ThreeWayFigures[] {
  const all = replicates.flatMap((replicate) => (replicate.scenario === scenario ? [replicate.load] : []))
  return threeWayArms.flatMap(({ client, role }) => {
    const loads = all.filter((load) => loadOf(load, client) !== undefined)
    if (loads.length === 0) return []
    const durations = loads.flatMap((load) => loadOf(load, client)?.windows.map(({ durationMs }) => durationMs) ?? [])
    const gain = client === slow.client ? undefined : gainOf(loads, client)
    return [
      {
        client,
        role,
        meanMs: mean(durations),
        medianMs: median(durations),
        requestsPerSecond: median(loads.map((load) => throughputIn(load, client))),
        ...(gain === undefined ? {} : { gain }),
      },
    ]
  })
}

function gainOf(loads: readonly LoadReplicate[], client: string): Mean | undefined {
  const both = loads.filter((load) => loadOf(load, slow.client) !== undefined)
  return meanOf(both.map((load) => Math.log(throughputIn(load, client) / throughputIn(load, slow.client))))
}
