import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { siblingModule } from '../sibling-module.ts'
import { InstallInterruptedError, NpmMissingError } from './npm-error.ts'
import { npmFailure } from './npm-failure.ts'
import { endGroup } from './process-group.ts'

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

/** Ends npm when this process is gone. */
const between = fileURLToPath(siblingModule(import.meta.url, './npm-process'))

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
  const child = spawn(process.execPath, [between, command, ...first, ...args, ...output], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own, to be ended as one; on Windows it would be a window of its own.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const stop = (): void => {
    if (child.pid !== undefined) endGroup(child.pid)
  }
  signal.addEventListener('abort', stop)
  try {
    const [stdout, stderr, failed] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      endOf(child, command),
    ])
    if (signal.aborted) throw new InstallInterruptedError(asked)
    const failure = npmFailure(asked, folder, { failed, stdout, stderr })
    if (failure !== undefined) throw failure
    return stdout
  } finally {
    signal.removeEventListener('abort', stop)
  }
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

/** Its type knows of no channel beside pipes. */
function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? Promise.resolve('') : text(stream)
}

/** How a process failed; undefined when it says that all went well. */
function endOf(child: ChildProcess, command: string): Promise<string | undefined> {
  const ended = Promise.withResolvers<string | undefined>()
  const missing = (cause: unknown): void => ended.reject(new NpmMissingError(command, { cause }))
  child.once('error', missing)
  child.once('message', missing)
  child.once('close', (code, signal) => {
    if (signal !== null) ended.resolve(`was killed by ${signal}`)
    else ended.resolve(code === 0 ? undefined : `exited with code ${code}`)
  })
  return ended.promise
}
