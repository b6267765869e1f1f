import type { BudgetFile } from '../budgets/budget-file.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { readStreaks, type StreakFile, streakFile, streaksAfter } from '../session/streaks.ts'
import { writeRecord } from './write-record.ts'

/**
 * Leaves for the next run how often each budget was inconclusive in a row.
 *
 * @param reports Folder of the project's reports.
 * @param verdicts Of the run that ends.
 */
export function writeStreaks(reports: string, budgets: Pick<BudgetFile, 'tuned'>, verdicts: readonly Verdict[]): void {
  // That they cannot be read was said when the run began.
  const before = readStreaks(reports, budgets, () => {})
  const streaks = streaksAfter(before, verdicts)
  const file: StreakFile = { schemaVersion: 1, tuned: budgets.tuned.date, streaks }
  writeRecord(streakFile(reports), file)
}
