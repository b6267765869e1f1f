import { realpathSync } from 'node:fs'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { runGit } from '../../../helpers/trees/git.ts'
import { whyNoRepository } from '../../../helpers/trees/no-repository.ts'

/** The git repository that a project is in. */
export interface Repository {
  /** Its top folder. */
  readonly top: string
  /** Branch that pull requests go to, `main`; absent where none can be told. */
  readonly branch?: string
  /** Names of all that have a commit, here or at `origin`. */
  readonly branches: readonly string[]
}

/** A project that is in no repository which git can read. */
interface NoRepository {
  /** Why, in words. */
  readonly problem: string
}

/** Taken where the remote does not say which its default is. */
const usual = ['main', 'master', 'trunk', 'develop']

/**
 * The repository around a folder, and its default branch: what `origin/HEAD` names, else the first of the usual ones, else the
 * only one. Of several others none is taken: the one at hand may be somebody's own, and would be its own base.
 *
 * @param base Branch that is said to be the default, whether it is there or not.
 */
export async function repositoryAt(
  root: string,
  signal: AbortSignal,
  base?: string,
): Promise<Repository | NoRepository> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { ok, stdout } = await runGit(args, { folder: root, signal })
    return ok ? stdout.trim() : undefined
  }
  try {
    const top = await runGit(['rev-parse', '--show-toplevel'], { folder: root, signal })
    if (!top.ok) return { problem: whyNoRepository(root, top.stderr, outside) }
    const refs = (await git('for-each-ref', '--format=%(refname)', ...ofBranches)) ?? ''
    const branches = branchesIn(refs)
    const remote = (await git('symbolic-ref', 'refs/remotes/origin/HEAD'))?.replace('refs/remotes/origin/', '')
    const only = branches.length === 1 ? branches[0] : undefined
    const branch = base ?? [remote, ...usual].find((name) => name && branches.includes(name)) ?? only
    return { top: realpathSync(top.stdout.trim()), ...(branch !== undefined && { branch }), branches }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof UsageError) return { problem: error.message }
    throw error
  }
}

const outside = ', and its code is compared with that of a commit; git init and commit'

const ofBranches = ['refs/heads/', 'refs/remotes/origin/']

function branchesIn(refs: string): readonly string[] {
  const names = refs.split('\n').map((ref) => ref.replace(/^refs\/(?:heads|remotes\/origin)\//, ''))
  return [...new Set(names)].filter((name) => name !== '' && name !== 'HEAD').toSorted()
}
