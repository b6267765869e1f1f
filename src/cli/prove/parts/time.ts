import { exitCodes } from '../../../helpers/budgets/exit-code.ts'
import { plainTable } from '../../../helpers/reports/plain-table.ts'
import { mean } from '../../../helpers/statistics/summary.ts'
import { type Case, isTrialOf, type PartResult } from '../part.ts'
import type { TimeTrial } from '../proof.ts'
import type { Tools } from '../tools.ts'

const trialsByDefault = 3

/** What the unchanged gate may take on 2 cores, in seconds. */
const mostSeconds = 240

/** The whole gate, as `npm run perf` runs it. */
export function timeCases(tools: Pick<Tools, 'trials' | 'runGate' | 'gatedBy'>): readonly Case[] {
  const name = 'the whole gate'
  const judgedBy = tools.gatedBy
  return [
    {
      part: 'time',
      name,
      judgedBy,
      wanted: tools.trials ?? trialsByDefault,
      try: async (seed): Promise<TimeTrial> => {
        const at = new Date().toISOString()
        const { seconds, exitCode, record } = await tools.runGate(seed)
        const durationMs = Math.round(seconds * 1e3)
        const about = { part: 'time', case: name, judgedBy, seed, at, durationMs, exitCode } as const
        return { ...about, ...(record === undefined ? {} : { record }) }
      },
    },
  ]
}

export function timeResult(cases: readonly Case[], trials: readonly TimeTrial[]): PartResult {
  const runs = trials
    .filter((trial) => cases.some((each) => isTrialOf(trial, each)))
    .map(({ at, durationMs, exitCode, record }) => ({ at, seconds: durationMs / 1e3, exitCode, record }))
  if (runs.length === 0) return { part: 'time', summary: { runs }, text: 'nothing was tried yet', failures: [] }
  const seconds = runs.map((run) => run.seconds)
  const summary = { runs, meanSeconds: mean(seconds), longestSeconds: Math.max(...seconds) }
  const text = [
    plainTable(
      ['run', 'seconds', 'exit code'],
      runs.map(({ at, seconds: taken, exitCode }) => [at, taken.toFixed(0), String(exitCode)]),
    ),
    `the unchanged gate took ${summary.meanSeconds.toFixed(0)} s on average, ${summary.longestSeconds.toFixed(0)} s at most, ` +
      `in ${runs.length} run${runs.length === 1 ? '' : 's'}`,
  ]
  const failures = runs.flatMap(({ at, seconds: taken, exitCode }) => [
    ...(taken > mostSeconds ? [`the gate took ${taken.toFixed(0)} s, more than ${mostSeconds} (${at})`] : []),
    ...(exitCode === exitCodes.pass ? [] : [`the unchanged gate ended with exit code ${exitCode} (${at})`]),
  ])
  return { part: 'time', summary, text: text.join('\n'), failures }
}
