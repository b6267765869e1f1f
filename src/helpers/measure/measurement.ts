import { loadavg } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Client } from '../clients/contract.ts'
import { http } from '../clients/http.ts'
import { wire } from '../clients/wire.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { randomFrom, seedFrom } from '../statistics/random.ts'
import { InterruptedError } from './interrupted-error.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { JobBasis } from './job.ts'
import { type LoadEffort, measureLoad } from './load.ts'
import { watchSteal } from './machine.ts'
import { naming } from './naming.ts'
import { measurePair } from './pair.ts'
import type { LoadReplicate, Measurement, Pair, PairReplicate } from './result.ts'

/** How much is measured. All times in milliseconds. */
export interface Effort {
  readonly requestTimeoutMs: number
  readonly pair: { readonly replicates: number; readonly warmUpMs: number; readonly durationMs: number }
  readonly load: LoadEffort & { readonly replicates: number }
}

/** The effort of the gate: about 7 s a measurement, and 7 s more where the client is compared with its reference. */
export const gateEffort: Effort = {
  requestTimeoutMs: 10_000,
  pair: { replicates: 3, warmUpMs: 300, durationMs: 800 },
  load: { replicates: 2, warmUpMs: 600, rounds: 2, rampMs: 30, windowMs: 250 },
}

/** With what a client is paired, decided before anything is measured. */
export type PairPlan =
  | { readonly state: 'measured'; readonly sameFiles: boolean; readonly referenceTree: string }
  | Exclude<Pair, { state: 'measured' }>

export interface MeasurementPlan {
  readonly client: Client
  readonly scenario: Scenario
  /** Clients that are loaded beside it, apart from the control and the limit. */
  readonly beside: readonly Client[]
  /** The tree of the current arm. */
  readonly tree: string
  readonly pair: PairPlan
  readonly seed: number
  readonly effort: Effort
  /** Gives up: what runs is ended, and the measurement throws. */
  readonly signal: AbortSignal
}

/**
 * Measures one client under one scenario: in pairs with its reference, and under continuous load beside the control.
 * The caller holds the machine's lock. Work that was not the work ends as `invalid` with its reason; every process is
 * gone when this settles.
 *
 * @throws {InterruptedError} when the signal was given.
 */
export async function measureClient(plan: MeasurementPlan): Promise<Measurement> {
  const { client, scenario, seed, effort } = plan
  const begin = performance.now()
  const steal = watchSteal()
  const loadAverage = loadavg()[0] ?? 0
  const subject = () => ({
    client: client.name,
    ...(client.library === undefined ? {} : { library: client.library }),
    league: client.league,
    scenario: scenario.name,
    seed,
    startedAt: new Date(performance.timeOrigin + begin).toISOString(),
    durationMs: Math.round(performance.now() - begin),
  })
  const random = randomFrom(seed)
  const job = (): JobBasis => ({
    scenario,
    seed: seedFrom(random),
    requestTimeoutMs: effort.requestTimeoutMs,
  })
  try {
    const pair = await pairOf(plan, job)
    const load: LoadReplicate[] = []
    for (let replicate = 0; replicate < effort.load.replicates; replicate++) {
      load.push(await measureLoad(loaded(plan, replicate === 0), job(), plan.tree, effort.load, plan.signal))
    }
    const stealShare = steal()
    const machineState = stealShare === undefined ? { loadAverage } : { loadAverage, stealShare }
    return { state: 'completed', ...subject(), inFlight: scenario.inFlight, pair, load, machineState }
  } catch (error) {
    if (!(error instanceof InvalidWorkError)) throw error
    // Ctrl-C reaches the measuring processes as well, and their death may be known here before the signal.
    await setImmediate()
    if (plan.signal.aborted) throw new InterruptedError(client.name, scenario.name)
    return { state: 'invalid', ...subject(), reason: error.message }
  }
}

async function pairOf(plan: MeasurementPlan, job: () => JobBasis): Promise<Pair> {
  if (plan.pair.state !== 'measured') return plan.pair
  const { module, exportName, name } = plan.client
  const arms = [
    { name: 'current', tree: plan.tree },
    { name: 'reference', tree: plan.pair.referenceTree },
  ]
  const replicates: PairReplicate[] = []
  for (let replicate = 0; replicate < plan.effort.pair.replicates; replicate++) {
    const { warmUpMs, durationMs } = plan.effort.pair
    const warmUp = { by: 'batches', durationMs: warmUpMs } as const
    replicates.push(
      await naming(name, () =>
        measurePair({ ...job(), client: { module, exportName }, arms, warmUp }, durationMs, plan.signal),
      ),
    )
  }
  return { state: 'measured', sameFiles: plan.pair.sameFiles, replicates }
}

/** The clients of a load replicate, each once; the limit is only printed, so one replicate is enough. */
function loaded({ client, beside }: MeasurementPlan, withWire: boolean): readonly Client[] {
  const byName = new Map([client, http, ...beside, ...(withWire ? [wire] : [])].map((each) => [each.name, each]))
  return [...byName.values()]
}
