import { UsageError } from '../budgets/usage-error.ts'
import { runGit } from './git.ts'
import { nearestOf } from './nearest.ts'

/** A commit of the repository that a project is in. */
export interface Commit {
  /** Its whole id. */
  readonly id: string
  /** Absolute path of the repository's `.git`. */
  readonly gitDirectory: string
  /** The project's folder in the repository, ending in `/`; empty for a project that is the whole. */
  readonly prefix: string
}

/**
 * Finds the commit that a ref leads to.
 *
 * @param project A folder of the repository's.
 * @param ref Whatever git takes for one commit.
 * @throws {UsageError} where there is no git, no repository, no such commit, or no `package-lock.json` in it that npm 7 or newer wrote.
 */
export async function findCommit(project: string, ref: string, signal: AbortSignal): Promise<Commit> {
  const run = (...args: readonly string[]) => runGit(args, { folder: project, signal })
  const place = await run('rev-parse', '--absolute-git-dir', '--show-prefix')
  if (!place.ok) throw noRepository(project, ref, place.stderr)
  const [gitDirectory = '', prefix = ''] = place.stdout.split(/\r?\n/)

  // An option is none behind `--end-of-options`, whatever the ref begins with.
  const commit = await run('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)
  if (!commit.ok) throw await unknownRef(project, ref, signal)
  const id = commit.stdout.trim()

  const lock = await run('cat-file', 'blob', `${id}:${prefix}package-lock.json`)
  const named = `${ref} (${id.slice(0, 12)})`
  if (!lock.ok) {
    throw new UsageError(
      `${named} has no ${prefix}package-lock.json, so that its packages cannot be told; compare with a commit that has one`,
    )
  }
  const version = lockVersionIn(lock.stdout)
  if (version === undefined || version < 2) {
    throw new UsageError(
      `the ${prefix}package-lock.json of ${named} ${version === undefined ? 'cannot be read' : `has lockfileVersion ${version}`}, ` +
        'so that its packages cannot be told; compare with a commit whose lock npm 7 or newer wrote (lockfileVersion 2 or 3)',
    )
  }
  return { id, gitDirectory, prefix }
}

/** The first version of the format had no number everywhere. */
function lockVersionIn(text: string): number | undefined {
  try {
    const lock = JSON.parse(text) as { lockfileVersion?: unknown } | null
    if (lock === null || typeof lock !== 'object') return undefined
    return typeof lock.lockfileVersion === 'number' ? lock.lockfileVersion : 1
  } catch {
    return undefined
  }
}

function noRepository(project: string, ref: string, stderr: string): UsageError {
  const reason = /not a git repository/.test(stderr)
    ? `${project} is not in a git repository. Name a published version or a folder instead, or run it in a clone.`
    : `git cannot read the repository of ${project}: ${stderr.trim()}`
  return new UsageError(`${ref} cannot be found: ${reason}`)
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
