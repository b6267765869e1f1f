import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import { type LockName, lockAmong, lockNamesText, managerOf, type PackageManager } from './lock-file.ts'

/** By what the packages of a commit are told, and installed. */
export interface CommitLock {
  readonly manager: PackageManager
  readonly name: LockName
  /** Folder of the lock from the root of the repository, ending in `/`; empty for the root. */
  readonly folder: string
  /** What the manifest beside it names, such as `pnpm@10.2.0`; absent where it names nothing. */
  readonly packageManager?: string
}

/** Reads a commit, by paths from the root of the repository. */
export interface CommitReader {
  /** Names in a folder, which ends in `/` or is the empty root. */
  namesIn(folder: string): Promise<readonly string[]>
  /** The text of a file, empty where it is not there. */
  textOf(file: string): Promise<string>
}

/**
 * Finds the lock that holds for a project in a commit: in its folder, or in the nearest above, where workspaces have theirs.
 *
 * @param prefix The project's folder, ending in `/`; empty for the root.
 * @param named The commit in words.
 * @throws {UsageError} where the commit has not the project, no lock, or one of npm 6 or older.
 */
export async function commitLock(prefix: string, named: string, commit: CommitReader): Promise<CommitLock> {
  if (!(await commit.namesIn(prefix)).includes('package.json')) {
    throw new UsageError(`${named} has no ${prefix}package.json; compare with a commit that has the project`)
  }
  for (let folder: string | undefined = prefix; folder !== undefined; folder = folderAbove(folder)) {
    const packageManager = packageManagerIn(await commit.textOf(`${folder}package.json`))
    const name = lockAmong(await commit.namesIn(folder), packageManager)
    if (name === undefined) continue
    const text = await commit.textOf(`${folder}${name}`)
    const manager = managerOf(name, text)
    if (manager === 'npm') requireNewLock(text, `${folder}${name} of ${named}`)
    return { manager, name, folder, ...(packageManager === undefined ? {} : { packageManager }) }
  }
  throw new UsageError(
    `${named} has no ${lockNamesText}${prefix === '' ? '' : ` in ${prefix} or above`}, so that its packages cannot be told; ` +
      'compare with a commit that has one',
  )
}

function folderAbove(folder: string): string | undefined {
  if (folder === '') return undefined
  const parent = path.posix.dirname(folder)
  return parent === '.' ? '' : `${parent}/`
}

function packageManagerIn(manifest: string): string | undefined {
  try {
    const { packageManager } = JSON.parse(manifest) as { packageManager?: unknown }
    return typeof packageManager === 'string' ? packageManager : undefined
  } catch {
    // Absent, or wrong: whoever installs it says so.
    return undefined
  }
}

function requireNewLock(text: string, named: string): void {
  const version = lockVersionIn(text)
  if (version !== undefined && version >= 2) return
  throw new UsageError(
    `the ${named} ${version === undefined ? 'cannot be read' : `has lockfileVersion ${version}`}, so that its packages ` +
      'cannot be told; compare with a commit whose lock npm 7 or newer wrote (lockfileVersion 2 or 3)',
  )
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
