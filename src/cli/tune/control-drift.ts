import { controlLogs, mostDifference } from '../../helpers/budgets/control.ts'
import { mean, median } from '../../helpers/statistics/summary.ts'
import type { LearntRun } from './learnt-runs.ts'

/**
 * What is told where the control, which does the same in every run, was far faster in some than in others: then their figures
 * under load are those of two machines, whatever the class says. Runs are compared under the scenarios that they have in common
 * with others.
 *
 * @returns A line that names the runs by their beginning, or undefined.
 */
export function controlDrift(runs: readonly LearntRun[]): string | undefined {
  const measured = runs.flatMap(({ startedAt, measurements }) =>
    measurements.flatMap((measurement) => {
      const logs = controlLogs(measurement)
      return logs.length === 0 ? [] : [{ startedAt, scenario: measurement.scenario, log: mean(logs) }]
    }),
  )
  const byScenario = Map.groupBy(measured, ({ scenario }) => scenario)
  const usual = new Map([...byScenario].map(([scenario, of]) => [scenario, median(of.map(({ log }) => log))]))
  const levels = [...Map.groupBy(measured, ({ startedAt }) => startedAt)].map(([startedAt, of]) => ({
    startedAt,
    log: median(of.map(({ scenario, log }) => log - (usual.get(scenario) ?? log))),
  }))
  const logs = levels.map(({ log }) => log)
  const most = Math.log(mostDifference)
  if (levels.length === 0 || Math.max(...logs) - Math.min(...logs) <= most) return undefined
  const named = levels
    .filter(({ log }) => Math.abs(log) > most / 2)
    .map(({ startedAt, log }) => `${Math.round(Math.exp(log) * 100)} % in that of ${startedAt}`)
  return (
    'the control is not as fast in all runs that are learnt from, and what is measured under load moves with it; of its median ' +
    `it made ${named.join(', ')}`
  )
}
