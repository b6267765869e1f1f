import { existsSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import { CommandMissingError, inShell, runCommand } from './command.ts'
import type { CommitLock } from './commit-lock.ts'
import { lastLines } from './last-lines.ts'
import { type NpmSettings, runNpm } from './npm.ts'
import { InstallInterruptedError, NpmFailedError } from './npm-error.ts'
import { lendSettings } from './project-settings.ts'

/** An installation of what the lock of a commit says. */
export interface LockedInstall {
  /** Folder with the lock. */
  readonly folder: string
  readonly lock: CommitLock
  /** The commit, as it was asked for. */
  readonly ref: string
  /** The folder that has the lock in the working tree, whose `.npmrc` holds. */
  readonly project: string
  readonly signal: AbortSignal
  readonly npm?: NpmSettings | undefined
}

/**
 * Installs the packages of a lock, without any script, by what has written it.
 *
 * @throws {UsageError} where the lock is refused, what has written it cannot be started, or there are no `node_modules` in the end.
 * @throws {InstallInterruptedError} when the signal is given.
 * @throws other errors of npm-error.ts for the registry and the disk.
 */
export async function installLocked(install: LockedInstall): Promise<void> {
  using _settings = lendSettings(install.npm?.project ?? install.project, install.folder)
  if (install.lock.manager === 'npm') await installByNpm(install)
  else await installByOther(install)
}

async function installByNpm({ folder, lock, ref, signal, npm }: LockedInstall): Promise<void> {
  // Clients are development packages in many a project, and what npm has in its own cache needs no network.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund']
  try {
    await runNpm(args, { folder, asked: `the packages of ${ref}`, signal, npm })
  } catch (cause) {
    if (!(cause instanceof NpmFailedError)) throw cause
    throw new UsageError(
      `the packages of ${ref} cannot be installed from its ${lock.name}: ${cause.said}. Try \`npm ci --ignore-scripts\` in a ` +
        'clone that has that commit checked out.',
      { cause },
    )
  }
}

async function installByOther({ folder, lock, ref, signal, npm }: LockedInstall): Promise<void> {
  const [command] = lock.manager.split(' ')
  const line = [command, ...wordsFor(lock, folder)].join(' ')
  const asked = `the packages of ${ref}`
  // It would leave out what is for developing, as clients are in many a project.
  const { NODE_ENV: _, ...environment } = npm?.environment ?? process.env
  const words = process.platform === 'win32' ? inShell(line, environment) : (line.split(' ') as [string, ...string[]])
  const end = await runCommand(words, { folder, environment, signal }).catch((cause) => {
    throw cause instanceof CommandMissingError ? missing(lock, ref, cause) : cause
  })
  if (signal.aborted) throw new InstallInterruptedError(asked)
  if (end.failed !== undefined) {
    throw new UsageError(
      `${asked} cannot be installed from its ${lock.name}: \`${line}\` ${end.failed}:\n${lastLines(end.stdout + end.stderr)}`,
    )
  }
  if (existsSync(path.join(folder, '.pnp.cjs'))) {
    throw new UsageError(
      `${asked} are installed as Yarn's Plug'n'Play, without node_modules, which measuring processes cannot load from; set ` +
        '`nodeLinker: node-modules` in .yarnrc.yml',
    )
  }
}

/** Said whatever the user's configuration is: exactly what the lock says, with what is for developing, and no script. */
function wordsFor({ manager }: CommitLock, folder: string): readonly string[] {
  switch (manager) {
    case 'pnpm': {
      // The cache may lie in a workspace of somebody else's.
      const alone = existsSync(path.join(folder, 'pnpm-workspace.yaml')) ? [] : ['--ignore-workspace']
      // Linked to its store a file would be the one in the working tree, and change with it.
      return [
        'install',
        '--frozen-lockfile',
        '--ignore-scripts',
        '--prefer-offline',
        '--package-import-method=copy',
        ...alone,
      ]
    }
    case 'yarn 1':
      return [
        'install',
        '--frozen-lockfile',
        '--ignore-scripts',
        '--prefer-offline',
        '--production=false',
        '--non-interactive',
      ]
    default:
      return ['install', '--immutable', '--mode=skip-build']
  }
}

function missing({ manager, name, packageManager }: CommitLock, ref: string, cause: Error): UsageError {
  const [command = manager] = manager.split(' ')
  const asked = packageManager ?? command
  const named = packageManager === undefined ? '' : `; its package.json names ${asked} in \`packageManager\``
  return new UsageError(
    `${command} could not be started, which the packages of ${ref} are installed with from its ${name}${named}. ` +
      `\`corepack enable\` or \`npm install --global ${asked.split('+')[0]}\` provides it.`,
    { cause },
  )
}
