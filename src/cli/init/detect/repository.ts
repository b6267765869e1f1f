import { realpathSync } from 'node:fs'
import { runGit } from '../../../helpers/trees/git.ts'

/** The git repository that a project is in. */
export interface Repository {
  /** Its top folder. */
  readonly top: string
  /** Branch that pull requests go to, `main`; absent where none can be told. */
  readonly branch?: string
}

/** Tried where the remote does not say which its default is. */
const usual = ['main', 'master', 'trunk', 'develop']

/**
 * The repository around a folder, and its default branch: what `origin/HEAD` names, else the first of the usual ones that has a
 * commit, else the branch at hand.
 *
 * @returns Undefined outside of a repository, and without git.
 */
export async function repositoryAt(root: string, signal: AbortSignal): Promise<Repository | undefined> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { ok, stdout } = await runGit(args, { folder: root, signal })
    return ok ? stdout.trim() : undefined
  }
  try {
    const top = await git('rev-parse', '--show-toplevel')
    if (top === undefined) return undefined
    const branch = await defaultBranch(git)
    return { top: realpathSync(top), ...(branch !== undefined && { branch }) }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Error && 'code' in error && error.code === 'WIREGAUGE_USAGE') return undefined
    throw error
  }
}

async function defaultBranch(git: (...args: string[]) => Promise<string | undefined>): Promise<string | undefined> {
  const remote = await git('symbolic-ref', '--short', 'refs/remotes/origin/HEAD')
  if (remote !== undefined) return remote.replace(/^origin\//, '')
  for (const name of usual) {
    for (const ref of [`refs/heads/${name}`, `refs/remotes/origin/${name}`]) {
      if ((await git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`)) !== undefined) return name
    }
  }
  const here = await git('symbolic-ref', '--short', 'HEAD')
  return here !== undefined && (await git('rev-parse', '--verify', '--quiet', 'HEAD')) !== undefined ? here : undefined
}
