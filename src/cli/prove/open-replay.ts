import {
  type BudgetFile,
  measurementsOf,
  scatteringBudgets,
  scatteringEntries,
} from '../../helpers/budgets/budget-file.ts'
import { errorRates } from '../../helpers/budgets/decision.ts'
import type { JudgingContext } from '../../helpers/budgets/judgement.ts'
import { budgetAt } from '../../helpers/budgets/kinds.ts'
import {
  decideAsRecorded,
  nameOfBudget,
  type RecordedRun,
  reachesALaterLook,
  recordedBudgets,
} from '../../helpers/budgets/recorded-run.ts'
import { replay } from '../../helpers/budgets/replay.ts'
import { replayPower } from '../../helpers/budgets/replay-power.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { gateEffort } from '../../helpers/measure/effort.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import { type RunRecord, runRecordVersion } from '../../helpers/reports/run-record.ts'
import { nullsPerRun } from '../../helpers/session/pair-plan.ts'
import type { StatedBudgets } from '../specs/stated-budgets.ts'
import { digestOf } from './judged-by.ts'
import { keptRuns } from './kept-runs.ts'
import { type Replay, replayedDrops, replayedTimes } from './parts/replay.ts'
import type { ReplayBasis } from './proof.ts'
import { replicateTimes } from './replicate-times.ts'
import { supplements, wholeRuns } from './strata.ts'

/** What replaying needs of a session. */
interface Judging {
  readonly budgets: BudgetFile
  readonly judging: JudgingContext
  readonly say: (message: string) => void
}

/** Grows with every change of how runs are simulated: trials of two ways are not added up. */
const method = 2

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
      return { record, measurements, budgets }
    }),
  )
  if (skipped > 0) say(`${skipped} kept measurements do not hold what is stated now, and are left out`)
  const whole = wholeRuns(runs)
  if (whole.length === 0) return undefined
  const recorded = whole.map(({ budgets }) => budgets)
  const added = supplements(
    recorded,
    runs.filter((run) => !whole.includes(run)).map(({ budgets }) => budgets),
  )
  const strata = [recorded, ...added]
  const rates = errorRates(scatteringBudgets(file))
  const times = replicateTimes(runs.flatMap(({ measurements }) => measurements))
  const reds = recorded.filter((run) => run.some((budget) => decideAsRecorded(budget, rates) === 'regressed')).length
  const gates = usable.filter(isOfTheGate)
  const basis: ReplayBasis = {
    recordedRuns: recorded.length,
    tunedOn: whole.filter(({ record }) => isTunedOn(record, file)).length,
    machines: new Set(whole.map(({ record }) => record.machine.class)).size,
    counted: { reds, canBeRed: recorded.some((run) => run.some(reachesALaterLook)) },
    gates: { runs: gates.length, reds: gates.filter(wasRed).length },
    budgets: scatteringBudgets(file),
    supplemented: names(added.flat()).length,
    supplementingRuns: added.map((group) => group.length),
    missing: missingIn(file, new Set(names(strata.flat()))),
  }
  return {
    digest: digestOf(method, strata, rates, times, file.tuned.date),
    basis,
    simulate: (simulatedRuns, seed) => {
      const [soloReplicates = 0] = gateEffort.solo.looks
      return replay(strata, { simulatedRuns, seed, rates, times, nullsPerRun, soloReplicates })
    },
    power: (draws, seed) => replayPower(strata, { draws, seed, rates, times: replayedTimes, drops: replayedDrops }),
  }
}

function names(runs: readonly RecordedRun[]): readonly string[] {
  return [...new Set(runs.flat().map(nameOfBudget))]
}

/**
 * Whether the budgets may have been tuned on a run, so that it shows the gate as the tuning has it and not as it is on
 * other days. The file knows the day of its tuning; what began later is new to it.
 */
export function isTunedOn({ startedAt }: Pick<RunRecord, 'startedAt'>, { tuned }: Pick<BudgetFile, 'tuned'>): boolean {
  return startedAt.slice(0, tuned.date.length) <= tuned.date
}

/** Runs of tuning measure and judge nothing. */
function isOfTheGate({ entries }: RunRecord): boolean {
  return entries.some(({ verdicts }) => verdicts.length > 0)
}

function wasRed({ entries }: RunRecord): boolean {
  return entries.some(({ verdicts }) => verdicts.some(({ state }) => state === 'regressed'))
}

/** Budgets of the file that scatter and are not among those known: how many of each name. */
export function missingIn(file: BudgetFile, known: ReadonlySet<string>): Readonly<Record<string, number>> {
  const missing: Record<string, number> = {}
  for (const { client, scenario, tuned } of measurementsOf(file)) {
    for (const { place } of scatteringEntries(tuned)) {
      const budget = budgetAt(place)
      if (budget === undefined || known.has(nameOfBudget({ client, scenario, budget }))) continue
      missing[budget] = (missing[budget] ?? 0) + 1
    }
  }
  return missing
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
