import { renameSync } from 'node:fs'
import { writeWhole } from '../../../helpers/reports/write-whole.ts'
import type { Project } from '../../../helpers/trees/project.ts'
import type { CandidateTree } from './candidate-tree.ts'

/**
 * Puts a candidate in the place of the reference and writes the budget file that goes with it: both or neither. Whatever
 * kills this process in between, the gate refuses to run, because the file names the integrity of the lock that it goes
 * with.
 *
 * @param budgets Text of the budget file.
 * @throws What the file system says, with everything as it was.
 */
export function swapReference(
  { tree, before }: Pick<CandidateTree, 'tree' | 'before'>,
  { referenceTree, budgetFile }: Pick<Project, 'referenceTree' | 'budgetFile'>,
  budgets: string,
): void {
  using undo = new DisposableStack()
  renameSync(referenceTree, before)
  undo.defer(() => renameSync(before, referenceTree))
  renameSync(tree, referenceTree)
  undo.defer(() => renameSync(referenceTree, tree))
  writeWhole(budgetFile, budgets)
  undo.move()
}
