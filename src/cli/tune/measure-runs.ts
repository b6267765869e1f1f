import type { BudgetFile } from '../../helpers/budgets/budget-file.ts'
import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { measuredLine, RunLog } from '../../helpers/reports/run-log.ts'
import { inScope, Scope } from '../../helpers/session/scope.ts'
import { drawSeed } from '../../helpers/session/seed.ts'
import { openSession, provideSession, type SessionOptions } from '../../helpers/session/session.ts'
import { keepRun } from '../prove/kept-runs.ts'
import type { Surroundings } from '../run.ts'
import { notingMatchers } from '../specs/stated-budgets.ts'
import { replaceExpect } from '../specs/vitest-stand-in.ts'
import type { SurveyedTest } from '../survey.ts'

/** What is measured for a tuning. */
interface Tuning {
  readonly tests: readonly SurveyedTest[]
  readonly file: BudgetFile
  readonly common: Omit<SessionOptions, 'seed'>
}

/** How often it is measured. */
interface Times {
  /** The most runs. */
  readonly runs: number
  /** Whether the runs so far are enough; asked after each. Default: they never are. */
  readonly areEnough?: (files: readonly string[]) => boolean
}

/**
 * Measures tests a number of times, an A/A pair for every client that has a reference. Results go to `reports/tuning.json` as
 * they come, and every run that ends is kept in `reports/runs`.
 *
 * @returns The files of the runs. None of them is judged.
 */
export async function measureRuns(
  tuning: Tuning,
  { runs, areEnough }: Times,
  surroundings: Pick<Surroundings, 'progress' | 'signal'>,
): Promise<readonly string[]> {
  const kept: string[] = []
  for (let run = 1; run <= runs; run++) {
    const file = await measureRun(
      tuning,
      `run ${run} of ${areEnough === undefined ? '' : 'at most '}${runs}`,
      surroundings,
    )
    if (file === undefined) return kept
    kept.push(file)
    if (areEnough?.(kept)) return kept
  }
  return kept
}

/** @returns The file of the run; undefined when the signal ended it. */
async function measureRun(
  { tests, file, common }: Tuning,
  place: string,
  { progress, signal }: Pick<Surroundings, 'progress' | 'signal'>,
): Promise<string | undefined> {
  const record = `${common.project.reports}/tuning.json`
  const seed = drawSeed()
  const log = new RunLog([record], seed)
  log.save()
  const session = openSession(
    {
      ...common,
      seed,
      nulls: 'all',
      // No cap ends it: a part of a run is not learnt from.
      capSeconds: Number.POSITIVE_INFINITY,
      onStart: (client, scenario) =>
        progress.live(`${place} [${log.entries.length}/${tests.length}] measuring ${client} ${scenario}`),
      onMeasurement: (measurement) => progress.line(`${place}: ${measuredLine(measurement)}`),
    },
    file,
  )
  provideSession(() => session)
  replaceExpect(() => notingMatchers({ against: new Map() }))
  for (const { run: measureAndState } of tests) {
    const scope = new Scope(signal)
    log.follow(() => scope.entries)
    try {
      await inScope(scope, measureAndState)
    } catch (error) {
      if (!signal.aborted) throw error
    }
    log.save()
    if (signal.aborted) break
  }
  progress.end()
  if (signal.aborted) {
    log.close('partial', exitCodes.interrupted)
    return undefined
  }
  const isInvalid = log.entries.some(({ measurement }) => measurement.state === 'invalid')
  log.close('complete', isInvalid ? exitCodes.invalid : exitCodes.pass)
  return keepRun(common.project.reports, record)
}
