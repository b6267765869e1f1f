import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, type StatsFs, statfsSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import { lockAddress, lockMachine } from '../measure/lock.ts'
import { isThere, publish } from './cache-entry.ts'
import { runGit } from './git.ts'
import { type Commit, findCommit } from './git-commit.ts'
import { damageOf, takeInventory } from './half-installed.ts'
import { type NpmSettings, runNpm } from './npm.ts'
import { DiskFullError, InstallInterruptedError, NpmFailedError } from './npm-error.ts'
import { lendSettings } from './project-settings.ts'
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
}

/**
 * Puts the files of a ref's commit into a folder of the cache and runs `npm ci` there, without any script, so that
 * adapters of that commit run on the packages of its lock. Done once a commit: later calls find it there, and make it
 * anew when files of it are gone or have another size. The user's repository stays as it is. Two at once are safe: the
 * second waits, and a folder appears under its name when it is whole.
 *
 * @param project The project's folder, which may be any folder of its repository; the whole commit is checked out.
 * @param ref Whatever git takes for one commit.
 * @throws {UsageError} where there is no repository, no such commit, or no lock in it, where npm refuses the lock, and for
 *   a cache that cannot be written.
 * @throws {InstallInterruptedError} when the signal is given.
 * @throws other errors of npm-error.ts for the registry and the disk.
 */
export async function openCheckout(project: string, ref: string, options: CheckoutOptions): Promise<Checkout> {
  try {
    const commit = await findCommit(project, ref, options.signal)
    const kept = path.join(options.cache, 'checkouts', keyOf(commit))
    await make(kept, commit, ref, { ...options, project })
    return { root: realpathSync(path.join(kept, 'tree', commit.prefix)), commit: commit.id }
  } catch (error) {
    if (options.signal.aborted) throw new InstallInterruptedError(ref)
    throw ofTheDisk(error, ref, options.cache)
  }
}

/** The commit, and the project in it where that is a part: only its packages are installed. */
function keyOf({ id, prefix }: Commit): string {
  return prefix === '' ? id : `${id}-${createHash('sha256').update(prefix).digest('hex').slice(0, 8)}`
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
  await install(path.join(tree, commit.prefix), ref, options)
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

async function install(folder: string, ref: string, { project, signal, npm }: Installation): Promise<void> {
  // Clients are development packages in many a project, and what npm has in its own cache needs no network.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund']
  using _settings = lendSettings(npm?.project ?? project, folder)
  try {
    await runNpm(args, { folder, asked: `the packages of ${ref}`, signal, npm })
  } catch (cause) {
    if (!(cause instanceof NpmFailedError)) throw cause
    throw new UsageError(
      `the packages of ${ref} cannot be installed from its package-lock.json: ${cause.said}. Try \`npm ci ` +
        '--ignore-scripts` in a clone that has that commit checked out.',
      { cause },
    )
  }
}
