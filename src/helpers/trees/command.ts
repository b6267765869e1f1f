import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { siblingModule } from '../sibling-module.ts'
import { endGroup } from './process-group.ts'

/** One run of a program. */
export interface CommandRun {
  /** Folder in which it runs. */
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

/** How a run of a program ended. */
export interface CommandEnd {
  /** e.g. `exited with code 1`; undefined when it says that all went well. */
  readonly failed: string | undefined
  readonly stdout: string
  readonly stderr: string
}

/** A program cannot be started. */
export class CommandMissingError extends Error {
  readonly code = 'WIREGAUGE_COMMAND_MISSING'
  override readonly name = 'CommandMissingError'

  constructor(command: string, options?: ErrorOptions) {
    super(`${command} could not be started`, options)
  }
}

/** Ends the program when this process is gone. */
const between = fileURLToPath(siblingModule(import.meta.url, './npm-process'))

/**
 * Runs a program to its end, in a group of its own. The signal ends it at once, with all that it has started, and so does the
 * end of this process, whatever that is.
 *
 * @param words The program, looked up on the path of its environment, and its arguments.
 * @returns How it ended; also where the signal ended it.
 * @throws {CommandMissingError} when it cannot be started.
 */
export async function runCommand(
  [command, ...args]: readonly [string, ...string[]],
  { folder, environment, signal }: CommandRun,
): Promise<CommandEnd> {
  const child = spawn(process.execPath, [between, command, ...args], {
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
    return { failed, stdout, stderr }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** The words by which a line of text is run by the shell that the system has for scripts. */
export function inShell(line: string, environment: NodeJS.ProcessEnv): readonly [string, ...string[]] {
  if (process.platform === 'win32') return [environment['ComSpec'] ?? 'cmd.exe', '/d', '/s', '/c', line]
  return ['/bin/sh', '-c', line]
}

/** Its type knows of no channel beside pipes. */
function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? Promise.resolve('') : text(stream)
}

/** How a process failed; undefined when it says that all went well. */
function endOf(child: ChildProcess, command: string): Promise<string | undefined> {
  const ended = Promise.withResolvers<string | undefined>()
  const missing = (cause: unknown): void => ended.reject(new CommandMissingError(command, { cause }))
  child.once('error', missing)
  child.once('message', missing)
  child.once('close', (code, signal) => {
    if (signal !== null) ended.resolve(`was killed by ${signal}`)
    else ended.resolve(code === 0 ? undefined : `exited with code ${code}`)
  })
  return ended.promise
}
