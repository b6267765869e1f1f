import { existsSync } from 'node:fs'
import path from 'node:path'
import { readBudgetFile, scatteringBudgets } from '../../helpers/budgets/budget-file.ts'
import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { historyFolder } from '../../helpers/reports/history/keep-run.ts'
import { filesOf, readRuns } from '../../helpers/reports/history/read-runs.ts'
import { plainText } from '../../helpers/reports/plain-text.ts'
import { keptRunsFolder } from '../prove/kept-runs.ts'
import type { Surroundings } from '../run.ts'
import { openTuning } from './open-tuning.ts'
import { runValues } from './run-values.ts'
import { leftOutLine } from './say-proposals.ts'
import { staleness } from './stale.ts'

/**
 * `wiregauge tune --check`: whether budgets are what they were tuned to be, by the history, the runs of tunings and proofs, and
 * the last run. Changes and measures nothing.
 *
 * @param names Clients; none means all.
 * @returns The exit code.
 * @throws {UsageError} for unknown clients, and without a budget file.
 */
export async function check(names: readonly string[], surroundings: Surroundings, now: Date): Promise<number> {
  const { root, out, progress } = surroundings
  const { project, file, isNew, here, stated, selects } = await openTuning(
    { names, missing: false, all: true, date: '' },
    surroundings,
  )
  if (isNew) readBudgetFile(project.budgetFile)
  const { reports } = project
  const places = [historyFolder(reports), keptRunsFolder(reports), path.join(reports, 'latest.json')]
  const files = places.flatMap((place) => (existsSync(place) ? filesIn(place, root) : []))
  const { runs, leftOut } = readRuns(files, (record) => runValues(record, file), { batchTimes: true })
  // The last run is in the history, too, as a rule.
  const unread = leftOut.filter(({ isCopy = false }) => !isCopy)
  for (const each of unread) progress.line(leftOutLine(each, root))
  const stale = staleness({ file, here, stated, runs, selects, nowMs: now.getTime() })
  if (stale.length === 0) {
    const { date, machine } = file.tuned
    out.write(
      `every budget is as it was tuned on ${date}, on ${plainText(machine.class)} (budgets that scatter: ${scatteringBudgets(file)}, ` +
        `runs looked at: ${runs.length})\n`,
    )
    return exitCodes.pass
  }
  for (const line of stale) out.write(`stale: ${plainText(line)}\n`)
  return exitCodes.regressed
}

/** A folder of runs may be empty. */
function filesIn(place: string, root: string): readonly string[] {
  try {
    return filesOf([place], root)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return []
  }
}
