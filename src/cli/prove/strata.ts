import { nameOfBudget, type RecordedRun } from '../../helpers/budgets/recorded-run.ts'

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

/**
 * Runs of few clients that hold budgets which are in no whole run, because they were added later: lists of runs that hold
 * the same of these, and only these of them. What they shared with the other budgets of a run is lost.
 *
 * @param whole Whole runs.
 * @param others The runs that are not.
 */
export function supplements(
  whole: readonly RecordedRun[],
  others: readonly RecordedRun[],
): readonly (readonly RecordedRun[])[] {
  const covered = new Set(whole.flat().map(nameOfBudget))
  const found: RecordedRun[][] = []
  for (;;) {
    const rests = others.map((run) => run.filter((budget) => !covered.has(nameOfBudget(budget))))
    const names = rests.reduce((one, other) => (other.length > one.length ? other : one), []).map(nameOfBudget)
    if (names.length === 0) return found
    for (const name of names) covered.add(name)
    const only = rests.map((run) => run.filter((budget) => names.includes(nameOfBudget(budget))))
    found.push(only.filter((run) => run.length === names.length))
  }
}
