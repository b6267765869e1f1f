import { renameSync } from 'node:fs'
import { Disposables } from '../../../helpers/disposables.ts'
import { writeWhole } from '../../../helpers/reports/write-whole.ts'
import type { Project } from '../../../helpers/trees/project.ts'
import type { CandidateTree } from './candidate-tree.ts'

/**
 * Puts a candidate in the place of the reference and writes the budget file that goes with it: both or neither. What kills
 * this process in between leaves no half that the gate would run on: the reference is missing, or its lock is not the one
 * that the budget file names; both end a run with 2, and restoring `perf/` from version control mends both.
 *
 * @param budgets Text of the budget file.
 * @throws What the file system says, with everything as it was.
 */
export function swapReference(
  { tree, before }: Pick<CandidateTree, 'tree' | 'before'>,
  { referenceTree, budgetFile }: Pick<Project, 'referenceTree' | 'budgetFile'>,
  budgets: string,
): void {
  using undo = new Disposables()
  renameSync(referenceTree, before)
  undo.defer(() => renameSync(before, referenceTree))
  renameSync(tree, referenceTree)
  undo.defer(() => renameSync(referenceTree, tree))
  writeWhole(budgetFile, budgets)
  undo.move()
}
