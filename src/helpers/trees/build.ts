import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import { inShell, runCommand } from './command.ts'
import { lastLines } from './last-lines.ts'
import { InstallInterruptedError } from './npm-error.ts'

/** A build that takes longer has hung: the run that waits for it has a cap itself. */
const buildLimitMs = 600_000

/** A build of a checkout. */
export interface Build {
  /** For the shell. */
  readonly command: string
  /** The project's folder in the checkout. */
  readonly folder: string
  /** Folders whose `node_modules/.bin` come first on the path, as for scripts of npm. */
  readonly binaries: readonly string[]
  /** The commit, as it was asked for. */
  readonly ref: string
  /** Gets all that it says when it fails. */
  readonly logFile: string
  readonly environment: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Default 600,000. */
  readonly limitMs?: number
}

/**
 * Builds a checkout.
 *
 * @throws {UsageError} when it fails, or takes longer than its limit: the last lines of its output, and where all of it is.
 * @throws {InstallInterruptedError} when the signal is given.
 */
export async function build({ command, folder, binaries, ref, logFile, signal, ...options }: Build): Promise<void> {
  const { limitMs = buildLimitMs } = options
  const limit = AbortSignal.timeout(limitMs)
  const environment = withPath(environmentOf(options.environment), binaries)
  const ending = AbortSignal.any([signal, limit])
  const end = await runCommand(inShell(command, environment), { folder, environment, signal: ending })
  if (signal.aborted) throw new InstallInterruptedError(ref)
  if (end.failed === undefined) return
  const output = end.stdout + end.stderr
  writeFileSync(logFile, output)
  const how = limit.aborted ? `did not end within ${limitMs / 1e3} s` : end.failed
  throw new UsageError(
    `${ref} cannot be built, so that there is nothing to compare with: \`${command}\` ${how}:\n${lastLines(output)}\n` +
      `All of its output is in ${logFile}; try it in a clone that has that commit checked out.`,
  )
}

/**
 * What Vite and runners of tests tell their workers, and npm its scripts, is about the project around and not about the
 * checkout. The head was built without: a build for tests would be another one.
 */
const ofVitest = ['BASE_URL', 'DEV', 'MODE', 'PROD', 'SSR', 'TEST']
const runners = ['VITEST', 'JEST_WORKER_ID', 'NODE_TEST_CONTEXT']
const ofAround =
  /^(?:VITEST|JEST_WORKER_ID$|NODE_TEST_|npm_(?:command|execpath|lifecycle|node|package)|NODE_OPTIONS$|INIT_CWD$|GIT_(?:DIR|INDEX|WORK_TREE|PREFIX))/

function environmentOf(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ofRunners = [
    ...(runners.some((name) => own[name] !== undefined) ? ['NODE_ENV'] : []),
    ...(own['VITEST'] === undefined ? [] : ofVitest),
  ]
  return Object.fromEntries(Object.entries(own).filter(([name]) => !ofAround.test(name) && !ofRunners.includes(name)))
}

function withPath(environment: NodeJS.ProcessEnv, folders: readonly string[]): NodeJS.ProcessEnv {
  // Windows writes it in its own way.
  const name = Object.keys(environment).find((each) => each.toUpperCase() === 'PATH') ?? 'PATH'
  const own = folders.map((folder) => path.join(folder, 'node_modules', '.bin'))
  return { ...environment, [name]: [...own, environment[name] ?? ''].join(path.delimiter) }
}
