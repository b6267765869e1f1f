import { UsageError } from '../budgets/usage-error.ts'
import { type CommitLock, commitLock } from './commit-lock.ts'
import { runGit } from './git.ts'
import { nearestOf } from './nearest.ts'
import { whyNoRepository } from './no-repository.ts'

/** A commit of the repository that a project is in. */
export interface Commit {
  /** Its whole id. */
  readonly id: string
  /** Absolute path of the repository's `.git`. */
  readonly gitDirectory: string
  /** The project's folder in the repository, ending in `/`; empty for a project that is the whole. */
  readonly prefix: string
  readonly lock: CommitLock
}

/**
 * Finds the commit that a ref leads to.
 *
 * @param project A folder of the repository's.
 * @param ref Whatever git takes for one commit.
 * @param named What messages call it. Default: the ref.
 * @throws {UsageError} where there is no git, no repository, no such commit, or no lock in it that packages can be
 *   installed from.
 */
export async function findCommit(project: string, ref: string, signal: AbortSignal, named = ref): Promise<Commit> {
  const run = (...args: readonly string[]) => runGit(args, { folder: project, signal })
  const place = await run('rev-parse', '--absolute-git-dir', '--show-prefix')
  if (!place.ok) throw noRepository(project, ref, place.stderr)
  const [gitDirectory = '', prefix = ''] = place.stdout.split(/\r?\n/)

  // An option is none behind `--end-of-options`, whatever the ref begins with.
  const commit = await run('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)
  if (!commit.ok) throw await unknownRef(project, ref, signal)
  const id = commit.stdout.trim()

  const lock = await commitLock(prefix, `${named} (${id.slice(0, 12)})`, {
    namesIn: async (folder) => {
      const listed = await run('ls-tree', '-z', '--name-only', '--full-tree', id, ...(folder === '' ? [] : [folder]))
      return listed.stdout.split('\0').map((name) => name.slice(folder.length))
    },
    textOf: async (file) => (await run('cat-file', 'blob', `${id}:${file}`)).stdout,
  })
  return { id, gitDirectory, prefix, lock }
}

function noRepository(project: string, ref: string, stderr: string): UsageError {
  const instead = '. Name a published version or a folder instead, or run it in a clone.'
  return new UsageError(`${ref} cannot be found: ${whyNoRepository(project, stderr, instead)}`)
}

async function unknownRef(project: string, ref: string, signal: AbortSignal): Promise<UsageError> {
  const run = (...args: readonly string[]) => runGit(args, { folder: project, signal })
  const shallow = await run('rev-parse', '--is-shallow-repository')
  if (shallow.stdout.trim() === 'true') {
    return new UsageError(
      `${ref} leads to no commit here, and this clone is shallow, so that most commits are missing. Get them with ` +
        "`git fetch --unshallow --tags origin '+refs/heads/*:refs/remotes/origin/*'`.",
    )
  }
  const refs = await run('for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes', 'refs/tags')
  const names = refs.stdout.split('\n').filter((name) => name !== '')
  const nearest = nearestOf(ref, names)
  const instead = nearest.length === 0 ? 'this repository has no branches or tags' : `nearest: ${nearest.join(', ')}`
  return new UsageError(
    `${ref} leads to no commit in the repository of ${project}; ${instead}. \`git fetch\` gets new ones.`,
  )
}
