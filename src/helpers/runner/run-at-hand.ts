import { leaveReport, readRunContext } from '../reports/run-folder.ts'
import type { Scope } from '../session/scope.ts'
import type { RunContext } from './run-context.ts'
import { runOptionsFrom } from './run-options.ts'

/** Names the folder of the run to everything that its reporter's process starts. */
export const runVariable = 'WIREGAUGE_RUN'

/**
 * The run that this process, or realm, belongs to; without a reporter one of its own, of which nothing is kept.
 *
 * @param reporter Module that the project is to name to its runner.
 * @param folder Of the run. Default: the one that the environment names.
 */
export function runAtHand(reporter: string, folder = process.env[runVariable]): RunContext {
  if (folder !== undefined) return readRunContext(folder)
  process.stderr.write(
    `wiregauge: the reporter ${reporter} is missing: tests fail as they should, but there are no tables, nothing is kept in ` +
      "reports/, and the exit code is the runner's\n",
  )
  return { ...runOptionsFrom(process.env), root: process.cwd() }
}

/**
 * Tells the reporter of the run, if it has one, what a test has measured and how it failed.
 *
 * @param folder Of the run. Default: the one that the environment names.
 */
export function reportTest(
  { entries, failures }: Pick<Scope, 'entries' | 'failures'>,
  folder = process.env[runVariable],
): void {
  if (folder !== undefined) leaveReport(folder, { entries, codes: failures.flatMap(codeOf) })
}

function codeOf(error: unknown): string[] {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return []
  return error.code.startsWith('WIREGAUGE_') ? [error.code] : []
}
