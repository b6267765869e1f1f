import { UsageError } from '../budgets/usage-error.ts'
import { runGit } from './git.ts'
import { nearestOf } from './nearest.ts'
import { whyNoRepository } from './no-repository.ts'

/** Where the branch that is checked out left another. */
export interface MergeBase {
  /** The commit's whole id. */
  readonly id: string
  /** The branch that was taken, `main` or `origin/main`. */
  readonly branch: string
}

/** The branch whose merge base is looked for. */
export interface Base {
  /** Any other ref will do. */
  readonly branch: string
  /** Who names it, for messages. Default: `perf/budgets.json`. */
  readonly namedBy?: string
}

/**
 * Finds the merge base of HEAD and a branch. Of a local branch and the one of `origin` that bears its name, the one is taken
 * whose merge base is newer: clones of CI have no local one, and that of a developer lags behind. Where the branch itself is
 * checked out only that of `origin` tells what is new.
 *
 * @param project A folder of the repository.
 * @throws {UsageError} where there is no git, no repository, no commit, no such branch, or no merge base, as in a shallow clone.
 */
export async function findMergeBase(project: string, asked: Base, signal: AbortSignal): Promise<MergeBase> {
  const { branch: base } = asked
  const run = async (...args: readonly string[]): Promise<string | undefined> => {
    const { ok, stdout } = await runGit(args, { folder: project, signal })
    return ok ? stdout.trim() : undefined
  }
  const idOf = (ref: string) => run('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)
  const place = await runGit(['rev-parse', '--absolute-git-dir'], { folder: project, signal })
  if (!place.ok) throw noRepository(project, asked, place.stderr)
  if ((await idOf('HEAD')) === undefined) {
    throw new UsageError(`${needs(asked)}, and the repository of ${project} has no commit yet; commit once`)
  }

  const branches = await known([
    { branch: base, ref: `refs/heads/${base}` },
    { branch: `origin/${base}`, ref: `refs/remotes/origin/${base}` },
  ])
  const isHead = (await run('symbolic-ref', '--quiet', 'HEAD')) === `refs/heads/${base}`
  const others = isHead && branches.length > 1 ? branches.slice(1) : branches
  const refs = others.length > 0 ? others : await known([{ branch: base, ref: base }])
  const found = await Promise.all(
    refs.map(async ({ branch, ref }) => ({ id: await run('merge-base', 'HEAD', ref), branch })),
  )
  const candidates = found.flatMap(({ id, branch }) => (id ? { id, branch } : []))
  const isShallow = (await run('rev-parse', '--is-shallow-repository')) === 'true'
  if (refs.length === 0) throw isShallow ? shallow(asked) : await unknownBranch(project, asked, run)
  const [one, other] = candidates
  if (one === undefined) {
    if (isShallow) throw shallow(asked)
    throw new UsageError(
      `${needs(asked)}, and the two have no commit in common; name the branch that this one comes from`,
    )
  }
  if (other === undefined || one.id === other.id) return one
  const isBehind = (await run('merge-base', '--is-ancestor', one.id, other.id)) !== undefined
  return isBehind ? other : one

  async function known(names: readonly NamedRef[]): Promise<readonly NamedRef[]> {
    const ids = await Promise.all(names.map(({ ref }) => idOf(ref)))
    return names.filter((_, place) => ids[place] !== undefined)
  }
}

interface NamedRef {
  readonly branch: string
  readonly ref: string
}

function needs({ branch, namedBy = 'perf/budgets.json' }: Base): string {
  return `own code is compared with the merge base of HEAD and ${branch}, as ${namedBy} says`
}

function noRepository(project: string, asked: Base, stderr: string): UsageError {
  return new UsageError(`${needs(asked)}, and ${whyNoRepository(project, stderr, '; run it in a clone')}`)
}

function shallow(asked: Base): UsageError {
  return new UsageError(
    `${needs(asked)}, and this clone is shallow, so that it is not there. On GitHub give actions/checkout ` +
      '`fetch-depth: 0`; elsewhere get it with `git fetch --unshallow origin ' +
      `'+refs/heads/*:refs/remotes/origin/*'\`.`,
  )
}

async function unknownBranch(
  project: string,
  asked: Base,
  run: (...args: readonly string[]) => Promise<string | undefined>,
): Promise<UsageError> {
  const refs = (await run('for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes')) ?? ''
  const names = refs.split('\n').filter((name) => name !== '')
  const { branch: base } = asked
  return new UsageError(
    `${needs(asked)}, and the repository of ${project} has neither ${base} nor origin/${base}; nearest: ` +
      `${nearestOf(base, names).join(', ') || 'none'}. \`git fetch origin\` gets new ones.`,
  )
}
