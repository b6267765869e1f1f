import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { FoundProject } from './detect/found-project.ts'

/**
 * What the project's code is to be compared with: the merge base with its default branch.
 *
 * @param wanted Whether it has to be; else the gate does without where there is none.
 * @returns Undefined where the gate does without.
 * @throws {UsageError} where there is nothing to compare with: a gate that catches cliffs only is not what was asked for.
 */
export function referenceFor(
  { repository, manager }: Pick<FoundProject, 'repository' | 'manager'>,
  wanted: boolean,
): { readonly base: string } | undefined {
  const without = 'or take a gate that catches cliffs only: --no-reference'
  if (repository?.branch !== undefined) return wanted ? { base: repository.branch } : undefined
  if (!wanted) return undefined
  if (repository === undefined) {
    throw new UsageError(
      `the project is in no git repository, and its code is compared with that of a commit; git init, commit, ${without}`,
    )
  }
  const lock = manager.lock === undefined ? ', the lock of its packages as well,' : ''
  throw new UsageError(
    `the repository has no commit that the project's code could be compared with; commit it${lock} ${without}`,
  )
}
