import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, type StatsFs, statfsSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import { lockAddress, lockMachine } from '../measure/lock.ts'
import { build } from './build.ts'
import { isThere, publish } from './cache-entry.ts'
import { runGit } from './git.ts'
import { type Commit, findCommit } from './git-commit.ts'
import { damageOf, takeInventory } from './half-installed.ts'
import { installLocked } from './install-locked.ts'
import type { NpmSettings } from './npm.ts'
import { DiskFullError, InstallInterruptedError } from './npm-error.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { ofTheDisk } from './version-cache.ts'

/** The files of a commit, with the packages of its lock installed. */
export interface Checkout {
  /** The project's folder there, as modules know it: a real path. */
  readonly root: string
  /** The commit's whole id. */
  readonly commit: string
}

export interface CheckoutOptions {
  /** Folder in which checkouts are kept; not in a project, whose packages would be found from there. */
  readonly cache: string
  /** Told before something takes time. */
  readonly say: (message: string) => void
  readonly signal: AbortSignal
  readonly npm?: NpmSettings
  /** Command that is run in the project's folder there, by the shell, when its packages are installed. Default: none. */
  readonly build?: string
  /** What messages call it. Default: the ref. */
  readonly named?: string
}

/**
 * Puts the files of a ref's commit into a folder of the cache and runs `npm ci` there, without any script of a package, so that
 * adapters of that commit run on the packages of its lock, and builds it where that is asked for. pnpm and Yarn install from
 * locks of their own. Done once a commit and build: later calls find it there, and make it anew when files of it are gone or have
 * another size. The user's repository stays as it is. Two at once are safe: the
 * second waits, and a folder appears under its name when it is whole.
 *
 * @param project The project's folder, which may be any folder of its repository; the whole commit is checked out.
 * @param ref Whatever git takes for one commit.
 * @throws {UsageError} where there is no repository, no such commit, or no lock in it, where the lock is refused, the
 *   build fails, and for a cache that cannot be written.
 * @throws {InstallInterruptedError} when the signal is given.
 * @throws other errors of npm-error.ts for the registry and the disk.
 */
export async function openCheckout(project: string, ref: string, options: CheckoutOptions): Promise<Checkout> {
  const { named = ref } = options
  try {
    const commit = await findCommit(project, ref, options.signal, named)
    const kept = path.join(options.cache, 'checkouts', keyOf(commit, options.build))
    await make(kept, commit, named, { ...options, project })
    return { root: realpathSync(path.join(kept, 'tree', commit.prefix)), commit: commit.id }
  } catch (error) {
    if (options.signal.aborted) throw new InstallInterruptedError(named)
    throw ofTheDisk(error, named, options.cache)
  }
}

/** The commit, the project in it where that is a part, for only its packages are installed, and how it is built. */
function keyOf({ id, prefix }: Commit, build: string | undefined): string {
  const others = build === undefined ? prefix : JSON.stringify([prefix, build])
  return others === '' ? id : `${id}-${createHash('sha256').update(others).digest('hex').slice(0, 8)}`
}

interface Installation extends CheckoutOptions {
  readonly project: string
}

async function make(kept: string, commit: Commit, ref: string, options: Installation): Promise<void> {
  if (damageOf(kept) === undefined) return
  const { say, signal, cache } = options
  const onWait = (holder: string): void => say(`waiting for ${holder}, which checks out ${ref} as well`)
  // The same commit in another cache has another address; addresses of files must be short.
  const address = lockAddress(createHash('sha256').update(path.resolve(kept)).digest('hex').slice(0, 12))
  await using _turn = await lockMachine(onWait, { address, signal })
  const damage = damageOf(kept)
  if (damage === undefined) return
  if (isThere(kept)) say(`the checkout of ${ref} is made anew: ${damage}`)

  using temporary = temporaryFolder(path.join(cache, 'temporary'))
  const entry = path.join(temporary.folder, 'entry')
  const tree = path.join(entry, 'tree')
  mkdirSync(tree, { recursive: true })
  say(`checking out ${ref} (${commit.id.slice(0, 12)})`)
  await extract(commit, tree, { indexFile: path.join(temporary.folder, 'index'), signal, ref })
  say(`installing the packages of ${ref}`)
  const { lock, prefix } = commit
  const folders = { project: path.join(tree, prefix), lock: path.join(tree, lock.folder) }
  const project = path.join(options.project, path.posix.relative(prefix, lock.folder))
  await installLocked({ folder: folders.lock, lock, ref, project, signal, npm: options.npm })
  if (options.build !== undefined) {
    say(`building ${ref}: ${options.build}`)
    const environment = options.npm?.environment ?? process.env
    const binaries = [folders.project, folders.lock]
    const logFile = `${kept}.log`
    mkdirSync(path.dirname(logFile), { recursive: true })
    await build({ command: options.build, folder: folders.project, binaries, ref, logFile, environment, signal })
  }
  takeInventory(entry)
  publish(entry, kept, temporary.folder)
}

interface Extraction {
  readonly indexFile: string
  readonly signal: AbortSignal
  readonly ref: string
}

/** Writes the files of a commit as a checkout would, by way of an index of its own. */
async function extract(commit: Commit, tree: string, { indexFile, signal, ref }: Extraction): Promise<void> {
  const options = [`--git-dir=${commit.gitDirectory}`, `--work-tree=${tree}`]
  for (const command of [
    ['read-tree', commit.id],
    ['checkout-index', '--all', '--force', '--quiet'],
  ]) {
    const { ok, stderr } = await runGit(command, { folder: tree, signal, options, indexFile })
    if (ok) continue
    if (isDiskFull(stderr, statfsSync(tree))) throw new DiskFullError(ref, tree)
    throw new UsageError(`${ref} cannot be checked out: git ${command[0]} says: ${shortened(stderr)}`)
  }
}

/** With so little left nothing is to be written: what could not be is removed again, and makes some room. */
const fullBytes = 4_000_000

/**
 * Whether git could not write for want of room. Of a file it says no more than that it could not, so that it is looked at
 * what is left: of bytes, and of files where the system counts them.
 */
export function isDiskFull(
  stderr: string,
  { bavail, bsize, files, ffree }: Pick<StatsFs, 'bavail' | 'bsize' | 'files' | 'ffree'>,
): boolean {
  if (/No space left on device|Disk quota exceeded/.test(stderr)) return true
  return /unable to (?:write|create) file/.test(stderr) && (bavail * bsize < fullBytes || (files > 0 && ffree === 0))
}

/** The first line, and how many more there are: git says the same of every file. */
function shortened(stderr: string): string {
  const [first = '', ...others] = stderr.trim().split('\n')
  return others.length === 0 ? first : `${first} (and ${others.length} more line${others.length === 1 ? '' : 's'})`
}
