import { loadavg } from 'node:os'
import type { Client } from '../clients/contract.ts'
import { http } from '../clients/http.ts'
import { wire } from '../clients/wire.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { hashOf } from '../statistics/random.ts'
import type { Effort } from './effort.ts'
import { measureGateway } from './gateway/measure-gateway.ts'
import { InterruptedError } from './interrupted-error.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { ArmSource, Job, JobBasis } from './job.ts'
import { measureLoad } from './load.ts'
import { watchMachine, worstOf } from './machine.ts'
import { naming } from './naming.ts'
import { measurePair } from './pair.ts'
import { monotonicMs, nextTurn, originMs } from './real-time.ts'
import type { CompletedMeasurement, Evidence, LoadReplicate, Measurement, Pair } from './result.ts'
import { measureRetention } from './retention.ts'
import { measureSolo } from './solo.ts'
import { measurePairInTurns } from './turns-pair.ts'

/** With what a client is paired, decided before anything is measured. */
export type PairPlan =
  | {
      readonly state: 'measured'
      readonly sameFiles: boolean
      readonly referenceTree: string
      /** Whether the arms are also measured in processes of their own. */
      readonly solo: boolean
      /**
       * Why the arms cannot share a process, in words: then processes that take turns are all the evidence. Default: they
       * share one.
       */
      readonly turns?: string
    }
  | Exclude<Pair, { state: 'measured' }>

/** What an arm has of its own, beside its tree: an adapter, a Node. */
export type ArmChoice = Pick<ArmSource, 'client' | 'execPath'>

export interface MeasurementPlan {
  readonly client: Client
  readonly scenario: Scenario
  /** Clients that are loaded beside it, apart from the control and the limit. */
  readonly beside: readonly Client[]
  /** Whether the client is measured under continuous load at all. */
  readonly underLoad: boolean
  /** Whether the limit is measured as well, in the first replicate; it is only printed. */
  readonly withWire: boolean
  /** The tree of the current arm. */
  readonly tree: string
  readonly pair: PairPlan
  /** Where the arms of the pair differ in more than their trees. Default: they do not. */
  readonly arms?: { readonly current: ArmChoice; readonly reference: ArmChoice }
  readonly seed: number
  readonly effort: Effort
  /** What the first look gathers; the rest is gathered when a budget asks for it. Kinds that the plan has not are left out. */
  readonly first: readonly Evidence[]
  /** Gives up: what runs is ended, and the measurement throws. */
  readonly signal: AbortSignal
}

/**
 * The first look of a measurement: the client in pairs with its reference, and under continuous load beside the control.
 * The caller holds the machine's lock. Work that was not the work ends as `invalid` with its reason; every process is
 * gone when this settles.
 *
 * @throws {InterruptedError} when the signal was given.
 */
export async function measureFirst(plan: MeasurementPlan): Promise<Measurement> {
  const pair: Pair =
    plan.pair.state === 'measured'
      ? {
          state: 'measured',
          sameFiles: plan.pair.sameFiles,
          ...(plan.pair.turns === undefined ? {} : { turns: plan.pair.turns }),
          replicates: [],
          retention: [],
          solo: [],
        }
      : plan.pair
  const begin = monotonicMs()
  const { client, scenario, seed } = plan
  const nothing: CompletedMeasurement = {
    state: 'completed',
    client: client.name,
    ...(client.library === undefined ? {} : { library: client.library }),
    league: client.league,
    scenario: scenario.name,
    seed,
    startedAt: new Date(originMs + begin).toISOString(),
    durationMs: 0,
    inFlight: scenario.inFlight,
    ...(scenario.load === undefined ? {} : { loadShape: scenario.load.kind }),
    pair,
    load: [],
    machineState: { loadAverage: loadavg()[0] ?? 0 },
  }
  const planned = evidenceOf(plan)
  return await measureMore(
    plan,
    nothing,
    plan.first.filter((kind) => planned.includes(kind)),
  )
}

/** The kinds of evidence that a plan gathers. */
function evidenceOf({ pair, underLoad }: MeasurementPlan): Evidence[] {
  const kinds: Evidence[] =
    pair.state !== 'measured'
      ? []
      : [
          'pair',
          ...(pair.turns === undefined ? (['retention'] as const) : []),
          ...(pair.solo ? (['solo'] as const) : []),
        ]
  return underLoad ? [...kinds, 'load'] : kinds
}

/** How many replicates a measurement has of a kind. */
export function replicatesOf({ pair, load }: CompletedMeasurement, evidence: Evidence): number {
  if (evidence === 'load') return load.length
  if (pair.state !== 'measured') return 0
  return evidence === 'pair' ? pair.replicates.length : pair[evidence].length
}

/** The number of replicates at the next look; undefined when all looks were taken, or the plan has none of the kind. */
export function nextLook(plan: MeasurementPlan, soFar: CompletedMeasurement, evidence: Evidence): number | undefined {
  if (!evidenceOf(plan).includes(evidence)) return undefined
  const replicates = replicatesOf(soFar, evidence)
  return plan.effort[evidence].looks.find((look) => look > replicates)
}

/**
 * The next look of a measurement.
 *
 * @param evidence Kinds of which there is to be more, each up to its next look.
 * @throws {InterruptedError} when the signal was given.
 */
export async function measureMore(
  plan: MeasurementPlan,
  soFar: CompletedMeasurement,
  evidence: readonly Evidence[],
): Promise<Measurement> {
  const begin = monotonicMs()
  const machine = watchMachine()
  const durationMs = (): number => soFar.durationMs + Math.round(monotonicMs() - begin)
  try {
    let measurement = soFar
    for (const kind of evidence) {
      const look = nextLook(plan, soFar, kind) ?? 0
      for (let index = replicatesOf(soFar, kind); index < look; index++) {
        measurement = await withReplicate(plan, measurement, kind, index)
      }
    }
    const machineState = { ...soFar.machineState, ...worstOf(soFar.machineState, machine()) }
    return { ...measurement, durationMs: durationMs(), machineState }
  } catch (error) {
    if (!(error instanceof InvalidWorkError)) throw error
    // Ctrl-C reaches the measuring processes as well, and their death may be known here before the signal.
    await nextTurn()
    const { client, library, league, scenario, seed, startedAt } = soFar
    if (plan.signal.aborted) throw new InterruptedError(client, scenario)
    const subject = { client, ...(library === undefined ? {} : { library }), league, scenario, seed, startedAt }
    return { state: 'invalid', ...subject, durationMs: durationMs(), reason: error.message }
  }
}

/** The measurement with one more replicate. */
async function withReplicate(
  plan: MeasurementPlan,
  measurement: CompletedMeasurement,
  evidence: Evidence,
  index: number,
): Promise<CompletedMeasurement> {
  const { client, scenario, effort, signal, tree } = plan
  const job: JobBasis = {
    scenario,
    // Of the place in the measurement and not of a stream, so that more evidence of one kind leaves the others alone.
    seed: hashOf(`${plan.seed} ${evidence} ${index}`),
    requestTimeoutMs: effort.requestTimeoutMs,
  }
  if (evidence === 'load') {
    const clients = loaded(plan, index === 0 && plan.withWire)
    const replicate: LoadReplicate =
      scenario.load?.kind === 'gateway'
        ? // Latencies are only printed.
          await measureGateway(clients, job, tree, effort.load, signal, { latencyOf: index === 0 ? [client] : [] })
        : await measureLoad(clients, job, tree, effort.load, signal)
    return { ...measurement, load: [...measurement.load, replicate] }
  }
  const { pair } = measurement
  if (pair.state !== 'measured' || plan.pair.state !== 'measured') return measurement
  const { module, exportName, name } = client
  const arms = armSources(plan, plan.pair.referenceTree)
  const pairJob: Omit<Job, 'warmUp'> = { ...job, client: { module, exportName }, arms }
  const warmUp = { by: 'batches', durationMs: effort.pair.warmUpMs } as const
  switch (evidence) {
    case 'pair': {
      const replicate = await naming(name, () =>
        pair.turns === undefined
          ? measurePair({ ...pairJob, warmUp }, effort.pair, signal)
          : measurePairInTurns(pairJob, { ...effort.solo, sums: effort.pair.sums ?? true }, signal),
      )
      return { ...measurement, pair: { ...pair, replicates: [...pair.replicates, replicate] } }
    }
    case 'retention': {
      const replicate = await naming(name, () => measureRetention({ ...pairJob, warmUp }, signal))
      return { ...measurement, pair: { ...pair, retention: [...pair.retention, replicate] } }
    }
    case 'solo': {
      const replicate = await naming(name, () => measureSolo(pairJob, effort.solo, signal))
      return { ...measurement, pair: { ...pair, solo: [...pair.solo, replicate] } }
    }
  }
}

/** The arms of a plan's pair, current first. */
export function armSources({ tree, arms }: Pick<MeasurementPlan, 'tree' | 'arms'>, referenceTree: string): ArmSource[] {
  return [
    { name: 'current', tree, ...arms?.current },
    { name: 'reference', tree: referenceTree, ...arms?.reference },
  ]
}

/** The clients of a load replicate, each once. */
function loaded({ client, beside }: MeasurementPlan, withWire: boolean): readonly Client[] {
  const byName = new Map([client, http, ...beside, ...(withWire ? [wire] : [])].map((each) => [each.name, each]))
  return [...byName.values()]
}
