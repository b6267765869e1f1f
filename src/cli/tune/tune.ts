import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { filesOf, type LeftOut } from '../../helpers/reports/history/read-runs.ts'
import type { Surroundings } from '../run.ts'
import { check } from './check.ts'
import { type LearntRun, learntRuns } from './learnt-runs.ts'
import { measureRuns } from './measure-runs.ts'
import { ofNewestVersions } from './newest-versions.ts'
import { type OpenTuning, openTuning } from './open-tuning.ts'
import { proposeAll } from './propose-all.ts'
import { lackingLine, leftOutLine, sayProposals } from './say-proposals.ts'
import { writeTuned } from './write-tuned.ts'

export interface TuneOptions {
  /** How often everything is measured. Default 4. */
  readonly runs?: number
  /** Result files of earlier runs, folders and globs, in place of measuring. */
  readonly from?: readonly string[]
  /** Records of equal builds, whose scatter counts where it is larger. */
  readonly equal?: readonly string[]
  readonly missing?: boolean
  /** Also what is wide, which files and named clients always are asked for. */
  readonly all?: boolean
  readonly write?: boolean
  /** Why something is loosened. */
  readonly reason?: string
  readonly check?: boolean
}

const defaultRuns = 4

/**
 * `wiregauge tune`: measures, or reads runs, and proposes what the budget file is to hold. Writes only when it is asked to.
 *
 * @param names Clients; none means all.
 * @returns The exit code: that of wrong usage where a spec promises more than can be shown; with `check`, that of a
 * regression where a budget is stale.
 * @throws {UsageError} for options that contradict each other, where there is nothing to learn from, and for a loosening
 * without a reason.
 */
export async function tune(
  names: readonly string[],
  options: TuneOptions,
  surroundings: Surroundings,
  now: Date = new Date(),
): Promise<number> {
  requireSense(options)
  const { progress, signal, root } = surroundings
  const date = now.toISOString().slice(0, 10)
  const {
    check: checks = false,
    missing = false,
    all = options.from !== undefined,
    write = false,
    equal = [],
    runs = defaultRuns,
  } = options
  if (checks) return await check(names, surroundings, now)
  const [files, buildFiles] = [options.from && filesOf(options.from, root), filesOf(equal, root)]
  const opened = await openTuning({ names, missing, all, date }, surroundings)
  requireWhole(opened)
  if (opened.tests.length === 0) throw new UsageError(nothingToTune(missing, all || names.length > 0))
  const { here } = opened
  const builds = learntRuns(buildFiles, { here, trees: 'any' })
  const measured = files ?? (await measureRuns({ ...opened, runs }, surroundings))
  if (signal.aborted) {
    progress.line(`interrupted: whole runs kept in reports/runs: ${measured.length}; --from reads them`)
    return exitCodes.interrupted
  }
  const learnt = learntRuns(measured, { here })
  const { runs: evidence, setAside } = ofNewestVersions(learnt.runs)
  for (const each of [...learnt.leftOut, ...builds.leftOut]) progress.line(leftOutLine(each, root))
  for (const line of setAside) progress.line(line)
  requireEvidence(opened, evidence, learnt.leftOut)

  const proposed = proposeAll(opened, evidence, builds.runs)
  sayProposals(proposed, opened, surroundings.out)
  if (proposed.lacking.length > 0) progress.line(lackingLine(proposed.lacking))
  if (write) {
    const { reason } = options
    surroundings.out.write(`${writeTuned(opened, proposed, reason)}\n`)
  } else surroundings.out.write('nothing is written without --write\n')
  return proposed.proposals.some(({ change }) => change === 'refused') ? exitCodes.usage : exitCodes.pass
}

function nothingToTune(missing: boolean, all: boolean): string {
  const [specs, way] = all
    ? ['spec', 'there is nothing to tune']
    : ['spec of the gate', '--all tunes what wide specs state as well']
  return missing
    ? `every budget that a ${specs} states has an entry; ${way}`
    : `no ${specs} states a budget that is tuned; ${way}`
}

function requireSense({
  check: checks = false,
  write = false,
  reason,
  from,
  runs,
  equal,
  missing,
  all,
}: TuneOptions): void {
  if (checks) {
    const given = { write: write || undefined, reason, from, runs, equal, missing: missing || undefined, all }
    const [other] = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : name))
    if (other !== undefined) throw new UsageError(`--check changes and measures nothing; it goes without --${other}`)
  }
  if (from !== undefined && runs !== undefined) {
    throw new UsageError('--runs measures and --from reads; give one of them')
  }
  if (reason !== undefined && !write) throw new UsageError('--reason is stored with what is written; add --write')
  if (reason !== undefined && reason.trim() === '')
    throw new UsageError('--reason is empty; say why budgets are loosened')
}

/** A file holds what was measured on one machine. @throws {UsageError} where a part of it would be of another. */
function requireWhole({ elsewhere, isWhole }: OpenTuning): void {
  if (elsewhere.length === 0 || isWhole) return
  throw new UsageError(
    `the other budgets were tuned elsewhere (this is ${elsewhere.join('; ')}); tune all of them, with --all, without naming ` +
      'clients and without --missing',
  )
}

/** @throws {UsageError} where no run holds anything of what is to be tuned, with every file that was left out. */
function requireEvidence({ selects }: OpenTuning, runs: readonly LearntRun[], leftOut: readonly LeftOut[]): void {
  const measured = runs.flatMap(({ measurements }) => measurements)
  if (measured.some(({ client, scenario }) => selects(client, scenario))) return
  throw new UsageError(
    `there is no run to tune by: ${runs.length} could be used and measured nothing of it, ${leftOut.length} were left out`,
  )
}
