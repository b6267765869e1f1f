import { lackingOf } from './half-installed.ts'
import { type NpmRun, runNpm } from './npm.ts'
import { NpmFailedError } from './npm-error.ts'
import { lendSettings } from './project-settings.ts'
import { type AskedPackages, settleLock, type VersionLock, writeLock, writeManifest } from './version-lock.ts'

/**
 * Said whatever the user's configuration is, so that a tree depends on its lock alone: no scripts, no links to programs,
 * the usual layout with optional and peer packages, and a lock that is the same from every mirror of a registry.
 */
const fixed = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-dry-run',
  '--no-global',
  '--no-workspaces',
  '--no-bin-links',
  '--package-lock',
  '--lockfile-version=3',
  '--omit-lockfile-registry-resolved',
  '--install-strategy=hoisted',
  '--include=optional',
  '--include=peer',
]

/** For when there is something to fall back on: one more attempt, half a second later, and 15 s for an answer. */
const impatient = ['--fetch-retries=1', '--fetch-retry-mintimeout=500', '--fetch-timeout=15000']

/**
 * Has npm resolve packages in an empty folder, and leaves manifest and lock there.
 *
 * @param patient Whether npm's own number of attempts holds; else it gives up soon.
 * @throws as {@link runNpm} does.
 */
export async function resolveTree(asked: AskedPackages, patient: boolean, run: NpmRun): Promise<VersionLock> {
  writeManifest(run.folder, asked)
  using _settings = settingsFor(run)
  await runNpm(['install', '--package-lock-only', ...fixed, ...(patient ? [] : impatient)], run)
  return settleLock(run.folder, asked)
}

/**
 * Has npm install a lock into a folder, from npm's own cache where that has what is needed, and makes sure of it.
 *
 * @throws as {@link runNpm} does, and {@link NpmFailedError} when the tree is not what the lock says.
 */
export async function installTree(lock: VersionLock, run: NpmRun): Promise<void> {
  writeLock(run.folder, lock)
  using _settings = settingsFor(run)
  await runNpm(['ci', '--prefer-offline', ...fixed], run)
  const lacking = lackingOf(run.folder, lock.packages)
  if (lacking !== undefined) {
    throw new NpmFailedError(run.asked, 'left something out', { code: '', summary: lacking, detail: '' })
  }
}

/**
 * Has npm put a manifest and a lock that were changed by hand in order, and install them where they are.
 *
 * @throws as {@link runNpm} does.
 */
export async function settleAndInstall(run: NpmRun): Promise<void> {
  using _settings = settingsFor(run)
  await runNpm(['install', '--package-lock-only', '--prefer-offline', ...fixed], run)
  await runNpm(['ci', '--prefer-offline', ...fixed], run)
}

/** The settings of the user's project hold in the folder. */
function settingsFor({ folder, npm }: NpmRun): Disposable {
  return lendSettings(npm?.project ?? process.cwd(), folder)
}
