import { setTimeout as sleep } from 'node:timers/promises'
import { tunedFor } from '../budgets/budget-file.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Client } from '../clients/contract.ts'
import { lockMachine } from '../measure/lock.ts'
import { type MeasurementPlan, measureFirst, measureMore, nextLook, replicatesOf } from '../measure/measurement.ts'
import type { Measurement } from '../measure/result.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { hashOf } from '../statistics/random.ts'
import { CapReachedError } from './cap-reached-error.ts'
import { GrowingMeasurement, type Measured, recordedMeasurement } from './measured.ts'
import { NotSelectedSignal } from './not-selected-signal.ts'
import { planPair } from './pair-plan.ts'
import { currentScope } from './scope.ts'
import { currentSession, type Session } from './session.ts'

export interface MeasureOptions {
  /** Clients to measure beside, in processes that take turns; the control `http` always is. */
  readonly beside?: readonly Client[]
  /**
   * Whether the client is measured under continuous load. Without, only budgets against the reference can be stated, and
   * nothing is measured where the reference is the same. Default true.
   */
  readonly underLoad?: boolean
}

/**
 * Measures a client under a scenario: in pairs with its reference where that is another version, and under continuous
 * load beside the control. The work happens in fresh processes; while another measurement runs on this machine, it waits.
 *
 * This is the first look. `expect` has more measured where it cannot tell.
 *
 * @param client From `defineClient`: it crosses to other processes by its module's address, so a function will not do.
 * @returns Figures, or why the measurement was invalid; hand it to `expect`.
 * @throws {CapReachedError} when the time of the run is over before it has begun.
 * @throws The signal's reason, or {@link InterruptedError}, when the scope's signal was given.
 * @throws {UsageError} when client, budgets or reference are wrong.
 */
export async function measure(
  client: Client,
  scenario: Scenario,
  { beside = [], underLoad = true }: MeasureOptions = {},
): Promise<Measured> {
  for (const each of [client, ...beside]) requireClient(each)
  const session = currentSession()
  const scope = currentScope()
  if (!session.selects(client.name, scenario.name)) throw new NotSelectedSignal()
  const recorded = session.recorded(client.name, scenario.name)
  const measured =
    recorded === undefined
      ? await measureInTurns(session, planOf(session, { client, scenario, beside, underLoad, signal: scope.signal }))
      : recordedMeasurement(recorded)
  scope.add(measured)
  return measured
}

/** What a spec asked for. */
type Asked = Pick<MeasurementPlan, 'client' | 'scenario' | 'beside' | 'underLoad' | 'signal'>

function planOf(session: Session, asked: Asked): MeasurementPlan {
  const { project, effort, seed, nulls } = session
  const { client, scenario, underLoad } = asked
  return {
    ...asked,
    withWire: underLoad && session.drawWire(scenario.name),
    tree: project.root,
    pair: planPair(client, scenario.name, session),
    seed: hashOf(`${seed} ${client.name} ${scenario.name}`),
    effort,
    first: nulls === 'all' ? ['pair', 'retention', 'solo', 'load'] : ['pair', 'load'],
  }
}

/**
 * Measures the first look of a plan, in its turn and under the machine's lock; what it resolves to measures the others
 * when it is asked to.
 *
 * @throws As {@link measure}.
 */
export async function measureInTurns(session: Session, plan: MeasurementPlan): Promise<Measured> {
  const { client, scenario, signal } = plan
  const look = async (index: number, measureLook: () => Promise<Measurement>): Promise<Measurement> => {
    using _turn = await session.turns.take(index)
    signal.throwIfAborted()
    session.onStart(client.name, scenario.name)
    const onWait = (holder: string): void => session.say(`waiting for ${holder}, which is measuring on this machine`)
    await using _lock = await lockMachine(onWait, { signal })
    const measurement = await measureLook()
    // Whoever asked for it has ended meanwhile, and it is not for whoever came next.
    signal.throwIfAborted()
    session.nullHistory.add(measurement, tunedFor(session.budgets, client.name, scenario.name))
    session.onMeasurement(measurement)
    return measurement
  }
  const first = await look(0, async () => {
    if (isOver(session)) throw new CapReachedError(client.name, scenario.name, session.capSeconds)
    return await measureFirst(plan)
  })
  let lookedAt = performance.now()
  return new GrowingMeasurement(first, async (soFar, evidence) => {
    if (soFar.state === 'invalid') return { state: 'ended', reason: 'the measurement is invalid' }
    const possible = evidence.filter((kind) => nextLook(plan, soFar, kind) !== undefined)
    if (possible.length === 0) return { state: 'ended', reason: 'all looks were taken' }
    // What has not been looked at yet has no bad moment to get away from.
    const isFirst = possible.every((kind) => replicatesOf(soFar, kind) === 0)
    const pauseMs = isFirst ? 0 : Math.max(0, lookedAt + session.gapMs - performance.now())
    // What is thrown is the signal's own reason, and not that the sleep was aborted.
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
    signal.throwIfAborted()
    if (isOver(session)) return { state: 'ended', reason: `the cap of ${session.capSeconds} s for the run was reached` }
    const measurement = await look(isFirst ? 0 : 1, () => measureMore(plan, soFar, possible))
    lookedAt = performance.now()
    return measurement
  })
}

/** Whether the time of the run is over. */
function isOver({ startedAtMs, capSeconds }: Session): boolean {
  return Date.now() - startedAtMs > capSeconds * 1e3
}

function requireClient(client: Client): void {
  const { module, exportName }: Partial<Client> = client ?? {}
  if (typeof module === 'string' && module.startsWith('file:') && typeof exportName === 'string') return
  throw new UsageError(
    `measure got ${typeof client === 'function' ? 'a function' : JSON.stringify(client)}; expected a client that a module ` +
      'exports, made by `defineClient(import.meta.url, …)`: measuring processes import it from there',
  )
}
