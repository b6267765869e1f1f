import { existsSync } from 'node:fs'
import path from 'node:path'
import { CommandMissingError, runCommand } from './command.ts'
import { InstallInterruptedError, NpmMissingError } from './npm-error.ts'
import { npmFailure } from './npm-failure.ts'

/** How npm is started. */
export interface NpmSettings {
  /** Default: `npm`, looked up on the path. */
  readonly command?: string
  /** Default: that of this process, so that the user's registry, credentials and proxy hold. */
  readonly environment?: NodeJS.ProcessEnv
  /** Folder whose `.npmrc` holds, too. Default: the working folder. */
  readonly project?: string
}

/** One run of npm. */
export interface NpmRun {
  /** Folder in which it runs. */
  readonly folder: string
  /** Packages and versions that it is about, for messages. */
  readonly asked: string
  readonly signal: AbortSignal
  readonly npm?: NpmSettings | undefined
}

/** Said with every call: settings of the user's that would hide what npm says, or have it say it in another form. */
const output = ['--json', '--loglevel=warn', '--no-color', '--no-progress', '--no-update-notifier']

/**
 * Runs npm to its end. The signal ends it at once, with all that it has started, and so does the end of this process,
 * whatever that is.
 *
 * @returns What it wrote to stdout.
 * @throws {NpmMissingError} when it cannot be started.
 * @throws {InstallInterruptedError} when the signal is given.
 * @throws one of the errors of npm-error.ts when it fails.
 */
export async function runNpm(args: readonly string[], { folder, asked, signal, npm = {} }: NpmRun): Promise<string> {
  if (signal.aborted) throw new InstallInterruptedError(asked)
  const environment = npm.environment ?? process.env
  const [command, ...first] = startOf(npm.command ?? 'npm', environment)
  const words = [command, ...first, ...args, ...output] as const
  const run = { folder, environment, signal }
  const end = await runCommand(words, run).catch((cause) => {
    throw cause instanceof CommandMissingError ? new NpmMissingError(command, { cause: cause.cause }) : cause
  })
  if (signal.aborted) throw new InstallInterruptedError(asked)
  const failure = npmFailure(asked, folder, end)
  if (failure !== undefined) throw failure
  return end.stdout
}

/**
 * The words that start npm. On Windows it is a batch file, which Node starts through a shell only, where `^`, `<` and `|`
 * in a version range would be commands; so the script that it would run is run.
 *
 * @throws {NpmMissingError} when that script is nowhere on the path.
 */
function startOf(command: string, environment: NodeJS.ProcessEnv): readonly [string, ...string[]] {
  if (process.platform !== 'win32' || command !== 'npm') return [command]
  const folders = (environment['Path'] ?? environment['PATH'] ?? '').split(path.delimiter)
  const script = folders
    .map((folder) => path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'))
    .find((file) => existsSync(file))
  if (script === undefined) throw new NpmMissingError(command)
  return [process.execPath, script]
}
