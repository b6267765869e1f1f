import type { BudgetFile } from '../budgets/budget-file.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { readStreaks, type StreakFile, streakFile, streaksAfter } from '../session/streaks.ts'
import { writeRecord } from './write-record.ts'

/**
 * Leaves for the next run how often each budget was inconclusive in a row.
 *
 * @param reports Folder of the project's reports.
 * @param verdicts Of the run that ends.
 * @param say Told when they cannot be written, which ends nothing: they are no part of what the run found.
 */
export function writeStreaks(
  reports: string,
  budgets: Pick<BudgetFile, 'tuned'>,
  verdicts: readonly Verdict[],
  say: (message: string) => void,
): void {
  // That they cannot be read was said when the run began.
  const before = readStreaks(reports, budgets, () => {})
  const streaks = streaksAfter(before, verdicts)
  const file: StreakFile = { schemaVersion: 1, tuned: budgets.tuned.date, streaks }
  const place = streakFile(reports)
  try {
    writeRecord(place, file)
  } catch (error) {
    const problem = (error as Error).message
    say(`${place} cannot be written: ${problem}; inconclusive runs running are counted without this one`)
  }
}
