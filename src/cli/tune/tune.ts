import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { measuringFlags } from '../../helpers/measure/environment.ts'
import { thisMachine } from '../../helpers/measure/machine.ts'
import { filesOf } from '../../helpers/reports/history/read-runs.ts'
import type { Surroundings } from '../run.ts'
import { check } from './check.ts'
import { type Learnt, learntRuns } from './learnt-runs.ts'
import { type OpenTuning, type OwnBase, openTuning } from './open-tuning.ts'
import { type Evidence, proposeFrom } from './propose-from.ts'
import { tuneReference } from './reference/tune-reference.ts'
import { writeTuned } from './write-tuned.ts'

export interface TuneOptions extends Pick<Evidence, 'runs' | 'equal'> {
  /** Result files of earlier runs, folders and globs, in place of measuring. */
  readonly from?: readonly string[]
  /** Class or name of the machine whose runs are read. Default: this one. */
  readonly machine?: string
  readonly missing?: boolean
  /** Also what is wide, which files and named clients always are asked for. */
  readonly all?: boolean
  /** Packages with the versions that the reference is to move to. */
  readonly reference?: readonly string[]
  readonly write?: boolean
  /** Why something is loosened. */
  readonly reason?: string
  readonly check?: boolean
  /** Branch whose merge base own code is compared with, written into the budget file. Default: what that says. */
  readonly base?: string
  /** Builds it. */
  readonly build?: string
}

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
  requireSense(names, options)
  const { check: checks = false, reference, missing = false, write = false, reason, from } = options
  if (checks) return await check(names, surroundings, now)
  if (reference !== undefined) return await tuneReference({ ...options, reference, write }, surroundings, now)

  const learnt = from && readEvidence(from, options.machine, surroundings.root)
  const { all = from !== undefined } = options
  const date = now.toISOString().slice(0, 10)
  const place = learnt?.place
  const base = baseOf(options)
  const opened = await openTuning(
    { names, missing, all, date, ...(place && { place }), ...(base && { base }) },
    surroundings,
  )
  requireWhole(opened)
  if (opened.tests.length === 0) throw new UsageError(nothingToTune(missing, all || names.length > 0))
  const proposed = await proposeFrom(opened, { ...options, ...(learnt && { learnt }) }, surroundings)
  if (proposed === undefined) return exitCodes.interrupted
  surroundings.out.write(`${write ? writeTuned(opened, proposed, reason) : 'nothing is written without --write'}\n`)
  return proposed.proposals.some(({ change }) => change === 'refused') ? exitCodes.usage : exitCodes.pass
}

function baseOf({ base, build }: TuneOptions): OwnBase | undefined {
  if (base !== undefined) return { base, ...(build === undefined ? {} : { build }) }
  if (build === undefined) return undefined
  throw new UsageError('--build builds what own code is compared with; name the branch with --base')
}

function readEvidence(from: readonly string[], machine: string | undefined, root: string): Learnt {
  const { class: own, node } = thisMachine()
  const here = { machine: own, node, flags: measuringFlags }
  return learntRuns(filesOf(from, root), { here, ...(machine === undefined ? {} : { machine }) })
}

function requireSense(names: readonly string[], options: TuneOptions): void {
  const { check: checks = false, reference, write = false, reason, from, machine, runs } = options
  if (checks) requireAlone('--check changes and measures nothing', options, ['check'])
  if (reference !== undefined) {
    requireAlone('--reference tunes what it makes a difference to', options, [
      'reference',
      'runs',
      'equal',
      'write',
      'reason',
    ])
    if (names.length > 0) throw new UsageError('--reference tunes what it makes a difference to; name no clients')
  }
  if (machine !== undefined && from === undefined) {
    throw new UsageError('--machine says whose runs --from reads; what is measured is measured here')
  }
  if (from !== undefined && runs !== undefined) {
    throw new UsageError('--runs measures and --from reads; give one of them')
  }
  if (reason !== undefined && !write) throw new UsageError('--reason is stored with what is written; add --write')
  if (reason !== undefined && reason.trim() === '')
    throw new UsageError('--reason is empty; say why budgets are loosened')
}

/** @throws {UsageError} for an option that does not go with another. */
function requireAlone(why: string, options: TuneOptions, allowed: readonly (keyof TuneOptions)[]): void {
  const others = Object.entries(options).filter(([, value]) => value !== undefined && value !== false)
  const [other] = others.filter(([name]) => !allowed.includes(name as keyof TuneOptions))
  if (other !== undefined) throw new UsageError(`${why}; it goes without --${other[0]}`)
}

function nothingToTune(missing: boolean, all: boolean): string {
  const [specs, way] = all
    ? ['spec', 'there is nothing to tune']
    : ['spec of the gate', '--all tunes what wide specs state as well']
  return missing
    ? `every budget that a ${specs} states has an entry; ${way}`
    : `no ${specs} states a budget that is tuned; ${way}`
}

/** A file holds what was measured on one machine. @throws {UsageError} where a part of it would be of another. */
function requireWhole({ elsewhere, isWhole }: OpenTuning): void {
  if (elsewhere.length === 0 || isWhole) return
  throw new UsageError(
    `the other budgets were tuned elsewhere (this is ${elsewhere.join('; ')}); tune all of them, with --all, without naming ` +
      'clients and without --missing',
  )
}
