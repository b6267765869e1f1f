import { type BudgetFile, scatteringBudgets } from '../../helpers/budgets/budget-file.ts'
import { errorRates } from '../../helpers/budgets/decision.ts'
import type { JudgingContext } from '../../helpers/budgets/judgement.ts'
import { type RecordedBudget, type RecordedRun, recordedBudgets, replay } from '../../helpers/budgets/replay.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { replicatesOf } from '../../helpers/measure/measurement.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import { type RunRecord, runRecordVersion } from '../../helpers/reports/run-record.ts'
import type { StatedBudgets } from '../specs/stated-budgets.ts'
import { digestOf } from './judged-by.ts'
import { keptRuns } from './kept-runs.ts'
import { type Replay, replayedWorsenings, sensitivity } from './parts/replay.ts'

/** What replaying needs of a session. */
interface Judging {
  readonly budgets: BudgetFile
  readonly judging: JudgingContext
  readonly say: (message: string) => void
}

/**
 * The replay of the runs that are kept in the folder of reports, decided by what the specs state now.
 *
 * @returns Undefined where no whole run is kept.
 */
export function openReplay(
  reports: string,
  stated: StatedBudgets,
  { budgets: file, judging, say }: Judging,
): Replay | undefined {
  const records = keptRuns(reports).filter((record) => record.state === 'complete')
  const usable = records.filter(({ schemaVersion }) => schemaVersion === runRecordVersion)
  if (usable.length < records.length) {
    say(`${records.length - usable.length} kept runs are of another version of the record, and are left out`)
  }
  let skipped = 0
  const runs = usable.flatMap((record) =>
    runsOf(record).map((measurements) => {
      const context = { ...judging, machine: record.machine }
      const budgets = measurements.flatMap((measurement) => {
        const own = stated.get(`${measurement.client} ${measurement.scenario}`)
        try {
          return own === undefined ? [] : recordedBudgets(measurement, own, context)
        } catch (error) {
          if (!(error instanceof UsageError)) throw error
          skipped++
          return []
        }
      })
      return { machine: record.machine.class, measurements, budgets }
    }),
  )
  if (skipped > 0) say(`${skipped} kept measurements do not hold what is stated now, and are left out`)
  const whole = wholeRuns(runs)
  if (whole.length === 0) return undefined
  if (whole.length < runs.length) {
    say(`${runs.length - whole.length} kept runs hold too few of the budgets, and are left out`)
  }
  const recorded = whole.map(({ budgets }): RecordedRun => budgets)
  const rates = errorRates(scatteringBudgets(file))
  return {
    digest: digestOf(recorded, rates),
    recordedRuns: recorded.length,
    machines: new Set(whole.map(({ machine }) => machine)).size,
    msPerReplicate: msPerReplicate(whole.flatMap(({ measurements }) => measurements)),
    simulate: (simulatedRuns, seed) => {
      const worsenings = recorded.some((run) => run.some(isSensitive)) ? replayedWorsenings : []
      return replay(recorded, { simulatedRuns, seed, rates, worsenings, into: isSensitive })
    },
  }
}

/** Share of the budgets of the fullest run that a run must hold: a budget that was added lately is missing in older ones. */
const nearlyAll = 0.95

/**
 * Those that hold nearly as many budgets as the fullest. A run of the unchanged gate measures a few A/A pairs only, so that
 * it has fewer chances of a false red than one in which every client is changed, which is what the stated rate is of.
 */
export function wholeRuns<Run extends { readonly budgets: RecordedRun }>(runs: readonly Run[]): readonly Run[] {
  const most = Math.max(0, ...runs.map(({ budgets }) => budgets.length))
  return runs.filter(({ budgets }) => budgets.length > 0 && budgets.length >= nearlyAll * most)
}

/** Throughput against the reference in the scenarios that catch a small drop. */
function isSensitive({ scale, evidence, limits }: RecordedBudget): boolean {
  const rounding = 1e-9
  return scale === 'throughput' && evidence === 'pair' && limits.catches >= Math.log(1 - sensitivity) - rounding
}

/**
 * The measurements of each run of a record. One of tuning holds several runs one after the other: what comes again is
 * of the next.
 */
export function runsOf({ entries }: Pick<RunRecord, 'entries'>): readonly (readonly CompletedMeasurement[])[] {
  const runs: CompletedMeasurement[][] = []
  const seen = new Map<string, number>()
  for (const { measurement } of entries) {
    if (measurement.state === 'invalid') continue
    const name = `${measurement.client} ${measurement.scenario}`
    const run = seen.get(name) ?? 0
    seen.set(name, run + 1)
    runs[run] ??= []
    runs[run].push(measurement)
  }
  return runs
}

function msPerReplicate(measurements: readonly CompletedMeasurement[]): number {
  const replicates = measurements.flatMap((measurement) =>
    (['pair', 'load', 'retention', 'solo'] as const).map((kind) => replicatesOf(measurement, kind)),
  )
  const count = replicates.reduce((sum, each) => sum + each, 0)
  return count === 0 ? 0 : measurements.reduce((sum, { durationMs }) => sum + durationMs, 0) / count
}
