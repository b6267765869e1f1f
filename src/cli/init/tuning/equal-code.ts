import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { runGit } from '../../../helpers/trees/git.ts'
import { findMergeBase } from '../../../helpers/trees/merge-base.ts'

/**
 * Says that a module is another than at the merge base, and what to do: how equal code scatters could not be learnt.
 *
 * @param library From the root, `./src/api.ts`.
 * @param base Branch whose merge base it was compared with; what `origin` has of it may have been taken.
 */
export async function differentCode(
  library: string,
  base: string,
  root: string,
  signal: AbortSignal,
): Promise<UsageError> {
  const { id, branch } = await findMergeBase(root, { branch: base }, signal)
  const here = (await runGit(['symbolic-ref', '--quiet', '--short', 'HEAD'], { folder: root, signal })).stdout.trim()
  const left = here === branch ? '' : ', where this branch left it'
  return new UsageError(
    `nothing is written: ${library} differs from what ${branch} has at ${id.slice(0, 12)}${left}, and budgets are measured on ` +
      `equal code; ${remedyOn(here, base, branch)}`,
  )
}

function remedyOn(here: string, base: string, taken: string): string {
  if (here === taken) return 'commit it'
  return here === base
    ? `commit and push it, or run init on ${taken}`
    : `run init on ${taken}, with everything committed`
}
