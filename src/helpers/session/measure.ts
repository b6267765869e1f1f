import { setTimeout as sleep } from 'node:timers/promises'
import { tunedFor } from '../budgets/budget-file.ts'
import { isTunedMachine } from '../budgets/judgement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Client } from '../clients/contract.ts'
import { lockMachine } from '../measure/lock.ts'
import { type MeasurementPlan, measureFirst, measureMore, nextLook, replicatesOf } from '../measure/measurement.ts'
import type { CompletedMeasurement, Evidence, Measurement } from '../measure/result.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { hashOf } from '../statistics/random.ts'
import { CapReachedError } from './cap-reached-error.ts'
import { gapMs } from './gap.ts'
import { GrowingMeasurement, type Measured, type More, recordedMeasurement } from './measured.ts'
import { NotSelectedSignal } from './not-selected-signal.ts'
import { Pace } from './pace.ts'
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
export function measure(client: Client, scenario: Scenario, options: MeasureOptions = {}): Promise<Measured> {
  return currentScope().awaited('measure(…)', measureInScope(client, scenario, options))
}

async function measureInScope(
  client: Client,
  scenario: Scenario,
  { beside = [], underLoad = true }: MeasureOptions,
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
  const pace = new Pace()
  /** When the first look at each kind of evidence was over, in milliseconds since the epoch. */
  const firstAtMs = new Map<Evidence, number>()

  /** Measures more of some kinds, one after the other, so that it is known what each takes. */
  const measureKinds = async (soFar: Measurement, kinds: readonly Evidence[]): Promise<Measurement> => {
    let measurement = soFar
    for (const kind of kinds) {
      if (measurement.state === 'invalid') break
      const grown = await measureMore(plan, measurement, [kind])
      pace.note(kind, measurement, grown)
      measurement = grown
    }
    // Whoever asked for it has ended meanwhile, and it is not for whoever came next.
    signal.throwIfAborted()
    for (const kind of kinds) if (!firstAtMs.has(kind)) firstAtMs.set(kind, Date.now())
    session.nullHistory.add(measurement, tunedFor(session.budgets, client.name, scenario.name))
    session.onMeasurement(measurement)
    return measurement
  }

  const first = await inTurn(session, plan, 0, async () => {
    session.onStart(client.name, scenario.name)
    const empty = await measureFirst({ ...plan, first: [] })
    const isMissing = (kind: Evidence): boolean => empty.state === 'completed' && isFresh(plan, empty, kind)
    return await measureKinds(empty, plan.first.filter(isMissing))
  })
  if (first === undefined) throw new CapReachedError(client.name, scenario.name, session.capSeconds)

  const more = async (soFar: Measurement, evidence: readonly Evidence[]): Promise<Measurement | More> => {
    if (soFar.state === 'invalid') return { state: 'ended', reason: 'the measurement is invalid' }
    const possible = evidence.filter((kind) => nextLook(plan, soFar, kind) !== undefined)
    if (possible.length === 0) return { state: 'ended', reason: 'all looks were taken' }
    // What has not been looked at yet has no bad moment to get away from.
    const fresh = possible.filter((kind) => isFresh(plan, soFar, kind))
    const kinds = fresh.length > 0 ? fresh : possible
    const pauses = kinds.map((kind) => {
      const sinceFirstMs = Date.now() - (firstAtMs.get(kind) ?? Date.now())
      const looksLeft = plan.effort[kind].looks.filter((look) => look > replicatesOf(soFar, kind)).length
      return gapMs({ looksLeft, sinceFirstMs, remainingMs: remainingMs(session) }, session.spreadMs)
    })
    // What is thrown is the signal's own reason, and not that the sleep was aborted.
    if (fresh.length === 0) await sleep(Math.max(...pauses), undefined, { signal }).catch(() => {})
    signal.throwIfAborted()
    const measurement = await inTurn(session, plan, fresh.length > 0 ? 0 : 1, () => {
      session.onStart(client.name, scenario.name)
      return measureKinds(soFar, kinds)
    })
    const { replicateMs } = pace
    return measurement ?? { state: 'ended', reason: capReached(session), replicateMs }
  }
  return new GrowingMeasurement(first, more, () => measureNull(session, plan))
}

/**
 * Measures the first look of an A/A of the plan's reference, as the null of a run that has none.
 *
 * Both arms come from the reference tree. They share its modules, and so scatter rather less than two trees: a run that
 * they call noisy is noisy.
 */
async function measureNull(session: Session, plan: MeasurementPlan): Promise<void> {
  const { client, scenario, pair, effort, seed, signal } = plan
  const { nullHistory, budgets, judging, project } = session
  const tuned = tunedFor(budgets, client.name, scenario.name)
  // Elsewhere it is not known how A/A pairs scatter, and where there is no reference there is nothing to compare.
  const tells = tuned.reference !== undefined && pair.state !== 'no reference' && isTunedMachine(judging)
  if (!tells || !nullHistory.isEmpty) return
  const tree = pair.state === 'measured' ? pair.referenceTree : project.referenceTree
  await inTurn(session, plan, 1, async () => {
    // Another red may have had it measured meanwhile.
    if (!nullHistory.isEmpty) return
    session.onStart(client.name, scenario.name)
    const measurement = await measureFirst({
      ...plan,
      underLoad: false,
      tree,
      pair: { state: 'measured', sameFiles: true, referenceTree: tree, solo: false },
      effort: { ...effort, pair: { ...effort.pair, sums: false } },
      first: ['pair'],
      seed: hashOf(`${seed} null`),
    })
    signal.throwIfAborted()
    nullHistory.add(measurement, tuned)
  })
}

/**
 * Works when it is the caller's turn, under the machine's lock.
 *
 * @returns Undefined, and nothing was done, when the time of the run is over by then: waiting may have taken all of it.
 */
async function inTurn<Result>(
  session: Session,
  { signal }: Pick<MeasurementPlan, 'signal'>,
  look: number,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  using _turn = await session.turns.take(look)
  signal.throwIfAborted()
  if (remainingMs(session) < 0) return undefined
  const onWait = (holder: string): void => session.say(`waiting for ${holder}, which is measuring on this machine`)
  await using _lock = await lockMachine(onWait, { signal })
  return remainingMs(session) < 0 ? undefined : await work()
}

/** Whether a plan has a kind of evidence, and none of it was measured yet. */
function isFresh(plan: MeasurementPlan, soFar: CompletedMeasurement, kind: Evidence): boolean {
  return replicatesOf(soFar, kind) === 0 && nextLook(plan, soFar, kind) !== undefined
}

/** Until the cap of the run; negative after it. */
function remainingMs({ startedAtMs, capSeconds }: Session): number {
  return startedAtMs + capSeconds * 1e3 - Date.now()
}

function capReached({ capSeconds }: Session): string {
  return `the cap of ${capSeconds} s for the run was reached`
}

function requireClient(client: Client): void {
  const { module, exportName }: Partial<Client> = client ?? {}
  if (typeof module === 'string' && module.startsWith('file:') && typeof exportName === 'string') return
  throw new UsageError(
    `measure got ${typeof client === 'function' ? 'a function' : JSON.stringify(client)}; expected a client that a module ` +
      'exports, made by `defineClient(import.meta.url, …)`: measuring processes import it from there',
  )
}
