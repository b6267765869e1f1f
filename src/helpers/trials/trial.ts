import type { StatedThresholds } from '../budgets/stated.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Client } from '../clients/contract.ts'
import { withReplicates } from '../measure/effort.ts'
import type { MeasurementPlan } from '../measure/measurement.ts'
import type { Measurement } from '../measure/result.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { measureInTurns } from '../session/looks.ts'
import type { Measured } from '../session/measured.ts'
import { type Session, withEffort } from '../session/session.ts'
import { settle } from '../session/settle.ts'
import { hashOf } from '../statistics/random.ts'
import type { Change } from './change.ts'
import { judgePair } from './judge-pair.ts'
import { openTrialTree } from './trees.ts'

/** A client against a changed copy of itself. */
export interface Trial {
  readonly client: Client
  readonly scenario: Scenario
  /** What is different about the current arm; `unchanged` for an A/A. */
  readonly change: Change
  /** The budgets that the project's specs state about the client under the scenario. */
  readonly stated: StatedThresholds
  /** How many times the replicates of the session's effort the looks take. Default 1. */
  readonly patience?: number
  /** Everything drawn in the trial follows from it, and from client, scenario and change. */
  readonly seed: number
}

/** What came of a trial; plain data. */
export interface TrialResult {
  readonly client: string
  readonly scenario: string
  /** Name of the change. */
  readonly change: string
  /** The gate's own verdicts on all budgets that a pair can show. */
  readonly verdicts: readonly Verdict[]
  /** ln of throughput, changed against unchanged, one a replicate; empty where the work was invalid. */
  readonly logRatios: readonly number[]
  /** The same of the arms in processes of their own. */
  readonly soloLogRatios: readonly number[]
  /** Time spent measuring, without waiting. */
  readonly durationMs: number
  /** Replicates of the pair that the verdicts took. */
  readonly replicates: number
  readonly seed: number
  /** When it began, in ISO 8601. */
  readonly at: string
}

/**
 * Measures a changed copy of a client's packages against an unchanged one, and decides about it as the gate would: the
 * same looks, the same budgets, the same code, under the machine's lock. An A/A is treated like any other change, so that
 * its reds count.
 *
 * @param session Its effort, gap, cap and budgets hold for the trial.
 * @throws {UsageError} when a budget is wrong; an error when the change does not fit the installed packages.
 * @throws The signal's reason, or {@link InterruptedError}, when it was given.
 */
export async function runTrial(
  session: Session,
  trial: Trial,
  signal: AbortSignal = new AbortController().signal,
): Promise<TrialResult> {
  const { change, seed, stated, patience = 1 } = trial
  const effort = withReplicates(session.effort, patience)
  // Sums are most of what a replicate takes, and only costs ask for them.
  const patient = withEffort(session, { ...effort, pair: { ...effort.pair, sums: stated.costs !== undefined } })
  return await withTrial(patient, trial, { first: ['pair'], signal }, async (measured) => {
    const verdicts = await settle(
      measured,
      (measurement) => judgePair(measurement, stated, patient.judging),
      patient.judging,
    )
    return { ...figuresOf(measured.measurement), change: change.name, verdicts, seed }
  })
}

/**
 * Measures the first look of a trial and hands it on; more can be measured until that has settled, then the copies go.
 *
 * @param options.first What the first look gathers.
 * @throws As {@link runTrial}.
 */
export async function withTrial<Result>(
  session: Session,
  { client, scenario, change, seed }: Omit<Trial, 'stated'>,
  { first, signal }: Pick<MeasurementPlan, 'first' | 'signal'>,
  use: (measured: Measured) => Promise<Result>,
): Promise<Result> {
  if (client.library === undefined) throw new Error(`${client.name} comes with Node, so that it cannot be changed`)
  const { root } = session.project
  using current = openTrialTree(root, [client.library], change)
  using reference = openTrialTree(root, [client.library], change.beside)
  const measured = await measureInTurns(session, {
    client,
    scenario,
    beside: [],
    underLoad: false,
    withWire: false,
    tree: current.root,
    pair: { state: 'measured', sameFiles: false, referenceTree: reference.root, solo: true },
    seed: hashOf(`${seed} ${client.name} ${scenario.name} ${change.name}`),
    effort: session.effort,
    first,
    signal,
  })
  return await use(measured)
}

function figuresOf(
  measurement: Measurement,
): Pick<TrialResult, 'client' | 'scenario' | 'logRatios' | 'soloLogRatios' | 'durationMs' | 'replicates' | 'at'> {
  const { client, scenario, durationMs, startedAt: at } = measurement
  const pair = measurement.state === 'completed' && measurement.pair.state === 'measured' ? measurement.pair : undefined
  const logRatios = pair?.replicates.map(({ logRatio }) => logRatio.estimate) ?? []
  const soloLogRatios = pair?.solo.map(({ logRatio }) => logRatio) ?? []
  return { client, scenario, logRatios, soloLogRatios, durationMs, replicates: logRatios.length, at }
}
