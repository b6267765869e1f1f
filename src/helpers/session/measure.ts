import { UsageError } from '../budgets/usage-error.ts'
import { isApplicable } from '../clients/applicable.ts'
import type { Client } from '../clients/contract.ts'
import { clients } from '../clients/list.ts'
import { wire } from '../clients/wire.ts'
import type { MeasurementPlan } from '../measure/measurement.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { hashOf } from '../statistics/random.ts'
import { CapReachedError } from './cap-reached-error.ts'
import { inTurn } from './in-turn.ts'
import { measureInTurns } from './looks.ts'
import { type Measured, recordedMeasurement } from './measured.ts'
import { NotSelectedSignal } from './not-selected-signal.ts'
import type { Prepare } from './own-reference.ts'
import { planPair, withoutPair } from './pair-plan.ts'
import { currentScope } from './scope.ts'
import { currentSession, type Session } from './session.ts'

/** What is measured of a client besides what its budgets always need. */
export interface MeasureOptions {
  /** Clients to measure beside, in processes that take turns; the control `http` always is. */
  readonly beside?: readonly Client[]
  /**
   * Whether the client is measured under continuous load. Without, only budgets against the reference can be stated, and
   * nothing is measured where the reference is the same. Default true.
   */
  readonly underLoad?: boolean
  /**
   * Whether the client is measured against its reference where that differs. Without, no budget against the reference can be
   * stated. Default true, but for scenarios with a load of their own: those are never paired.
   */
  readonly paired?: boolean
  /** Windows, or bursts, of each client in a process under load. Default: as many as the run's effort says, 2 in the gate. */
  readonly rounds?: number
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
 * @throws The signal's reason, or `InterruptedError`, when the scope's signal was given.
 * @throws {UsageError} when client, budgets or reference are wrong.
 */
export function measure(client: Client, scenario: Scenario, options: MeasureOptions = {}): Promise<Measured> {
  return currentScope().awaited('measure(…)', measureInScope(client, scenario, options))
}

async function measureInScope(
  client: Client,
  scenario: Scenario,
  { beside = [], underLoad = true, paired = true, rounds }: MeasureOptions,
): Promise<Measured> {
  for (const each of [client, ...beside]) {
    requireClient(each)
    requireOwnName(each)
  }
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new UsageError(`measure got rounds: ${rounds}; expected a whole number above 0`)
  }
  const session = currentSession()
  const scope = currentScope()
  session.onAsked(client, scenario)
  if (!session.selects(client.name, scenario.name)) throw new NotSelectedSignal()
  const recorded = session.recorded(client.name, scenario.name)
  const measured =
    recorded === undefined
      ? await measureInTurns(
          session,
          await planOf(session, { client, scenario, beside, underLoad, signal: scope.signal }, { paired, rounds }),
        )
      : recordedMeasurement(recorded)
  scope.add(measured)
  return measured
}

/** What a spec asked for. */
type Asked = Pick<MeasurementPlan, 'client' | 'scenario' | 'beside' | 'underLoad' | 'signal'>

async function planOf(
  session: Session,
  asked: Asked,
  { paired, rounds = session.effort.load.rounds }: { paired: boolean; rounds: number | undefined },
): Promise<MeasurementPlan> {
  const { project, seed, nulls } = session
  const { client, scenario, underLoad, signal } = asked
  const pair = await planPair(client, scenario, session, { signal, prepare: preparing(session, asked) })
  const effort = { ...session.effort, load: { ...session.effort.load, rounds } }
  return {
    ...asked,
    withWire: underLoad && isApplicable(wire, scenario) && session.drawWire(scenario.name),
    tree: project.root,
    pair: paired ? pair : withoutPair(pair),
    seed: hashOf(`${seed} ${client.name} ${scenario.name}`),
    effort,
    first: nulls === 'all' ? ['pair', 'retention', 'solo', 'load'] : ['pair', 'load'],
  }
}

/**
 * Has the reference of own code prepared when it is the measurement's turn: what installs and builds would be measured with
 * whatever is measured beside it.
 */
function preparing(session: Session, { client, scenario, signal }: Asked): Prepare {
  return async (work) => {
    // In an object, for nothing may be what it comes to.
    const done = await inTurn(session, { signal }, 0, async () => ({ result: await work() }))
    if (done === undefined) throw new CapReachedError(client.name, scenario.name, session.capSeconds)
    return done.result
  }
}

function requireClient(client: Client): void {
  const { module, exportName }: Partial<Client> = client ?? {}
  if (typeof module === 'string' && module.startsWith('file:') && typeof exportName === 'string') return
  throw new UsageError(
    `measure got ${typeof client === 'function' ? 'a function' : JSON.stringify(client)}; expected a client that a module ` +
      'exports, made by `defineClient(import.meta.url, …)`: measuring processes import it from there',
  )
}

/** Figures, budgets and tables know clients by their names alone. */
function requireOwnName({ name, module, exportName }: Client): void {
  const ours = clients.find((each) => each.name === name)
  if (ours === undefined || (ours.module === module && ours.exportName === exportName)) return
  throw new UsageError(
    `${exportName} in ${module} has the name ${name}, which is that of a client of wiregauge; give it another \`name\``,
  )
}
