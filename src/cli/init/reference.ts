import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { FoundProject } from './detect/found-project.ts'

/**
 * What the project's code is to be compared with: the merge base with the branch that pull requests go to.
 *
 * @param wanted Whether it has to be; else the gate does without where there is none.
 * @returns Undefined where the gate does without.
 * @throws {UsageError} where there is nothing to compare with, as a gate that catches cliffs only is not what was asked for; and
 * for a branch that is not there.
 */
export function referenceFor(
  { repository, noRepository, manager }: Pick<FoundProject, 'repository' | 'noRepository' | 'manager'>,
  wanted: boolean,
): { readonly base: string } | undefined {
  const without = 'or take a gate that catches cliffs only: --no-reference'
  const { branch, branches = [] } = repository ?? {}
  // The workflow names it as well, with a reference or without.
  if (branch !== undefined && !branches.includes(branch)) {
    throw new UsageError(`--base ${branch} is no branch of the repository, which has ${listed(branches)}`)
  }
  if (!wanted) return undefined
  if (branch !== undefined) return { base: branch }
  if (noRepository !== undefined) throw new UsageError(`${noRepository}; ${without}`)
  if (branches.length > 0) {
    throw new UsageError(
      `the branch that pull requests go to cannot be told from the others: ${listed(branches)}; name it with --base BRANCH, ${without}`,
    )
  }
  const lock = manager.lock === undefined ? ', the lock of its packages as well,' : ''
  throw new UsageError(
    `the repository has no branch with a commit that the project's code could be compared with; commit it${lock} ${without}`,
  )
}

/** The most branches that are listed. */
const mostListed = 10

function listed(branches: readonly string[]): string {
  const left = branches.length - mostListed
  const others = left > 0 ? [`${left} others`] : []
  return [...branches.slice(0, mostListed), ...others].join(', ') || 'none'
}
