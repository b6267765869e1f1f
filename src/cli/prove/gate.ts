import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { keepRun, readRecord } from './kept-runs.ts'

/** What a run of the gate came to. */
export interface GateRun {
  readonly seconds: number
  readonly exitCode: number
  /** The copy of its record, relative to the project; absent where it left none. */
  readonly record?: string
}

/**
 * Runs the whole gate of a project as `npm run perf` does, in a process of its own, and keeps its record.
 *
 * @param paths.root The project.
 * @param paths.reports Folder of its reports.
 * @throws {UsageError} when Vitest is not installed there.
 */
export async function runGate(
  { root, reports }: { readonly root: string; readonly reports: string },
  seed: number,
  signal: AbortSignal,
): Promise<GateRun> {
  const binaries = path.join(root, 'node_modules', '.bin')
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
  if (!existsSync(vitest)) throw new UsageError(`${vitest} is missing; the gate runs on Vitest`)
  const startedAt = new Date().toISOString()
  const begin = performance.now()
  const exitCode = await exitOf(
    spawn(process.execPath, [vitest, 'run', '--project', 'gate'], {
      cwd: root,
      // npm puts the project's own commands, Node among them, first.
      env: { ...process.env, PATH: `${binaries}${path.delimiter}${process.env['PATH']}`, WIREGAUGE_SEED: String(seed) },
      stdio: 'ignore',
      signal,
      killSignal: 'SIGINT',
    }),
  )
  const seconds = (performance.now() - begin) / 1e3
  signal.throwIfAborted()
  const latest = path.join(reports, 'latest.json')
  const leftOne = existsSync(latest) && readRecord(latest).startedAt >= startedAt
  return { seconds, exitCode, ...(leftOne ? { record: path.relative(root, keepRun(reports, latest)) } : {}) }
}

/** How a process ended; 128 and the signal's number when one ended it, as shells have it. */
async function exitOf(child: ReturnType<typeof spawn>): Promise<number> {
  const ended = Promise.withResolvers<number>()
  child.once('close', (code, signal) =>
    ended.resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal])),
  )
  // Also when it was given up, which ends it; what matters then is that it has ended.
  child.once('error', (error) => {
    if (error.name !== 'AbortError') ended.reject(error)
  })
  return await ended.promise
}
