import { UsageError } from '../budgets/usage-error.ts'
import type { Client } from '../clients/contract.ts'
import { lockMachine } from '../measure/lock.ts'
import { measureClient } from '../measure/measurement.ts'
import type { Measurement } from '../measure/result.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { hashOf } from '../statistics/random.ts'
import { NotSelectedSignal } from './not-selected-signal.ts'
import { planPair } from './pair-plan.ts'
import { currentSession } from './session.ts'

export interface MeasureOptions {
  /** Clients to measure beside, in processes that take turns; the control `http` always is. */
  readonly beside?: readonly Client[]
}

/**
 * Measures a client under a scenario: in pairs with its reference where that is another version, and under continuous
 * load beside the control. The work happens in fresh processes; while another measurement runs on this machine, it waits.
 *
 * @param client From `defineClient`: it crosses to other processes by its module's address, so a function will not do.
 * @returns Figures, or why the measurement was invalid; hand it to `expect`.
 * @throws The signal's reason, or {@link InterruptedError}, when the session's signal was given.
 * @throws {UsageError} when client, budgets or reference are wrong.
 */
export async function measure(
  client: Client,
  scenario: Scenario,
  { beside = [] }: MeasureOptions = {},
): Promise<Measurement> {
  for (const each of [client, ...beside]) requireClient(each)
  const session = currentSession()
  const { project, effort, seed, say } = session
  const signal = session.signal()
  if (!session.selects(client.name, scenario.name)) throw new NotSelectedSignal()
  const recorded = session.recorded(client.name, scenario.name)
  if (recorded !== undefined) return recorded
  session.onStart(client.name, scenario.name)
  const pair = planPair(client, scenario.name, session)
  const onWait = (holder: string) => say(`waiting for ${holder}, which is measuring on this machine`)
  await using _lock = await lockMachine(onWait, { signal })
  const measurement = await measureClient({
    client,
    scenario,
    beside,
    tree: project.root,
    pair,
    seed: hashOf(`${seed} ${client.name} ${scenario.name}`),
    effort,
    signal,
  })
  // Whoever asked for it has ended meanwhile, and it is not for whoever came next.
  signal.throwIfAborted()
  session.onMeasurement(measurement)
  return measurement
}

function requireClient(client: Client): void {
  const { module, exportName }: Partial<Client> = client ?? {}
  if (typeof module === 'string' && module.startsWith('file:') && typeof exportName === 'string') return
  throw new UsageError(
    `measure got ${typeof client === 'function' ? 'a function' : JSON.stringify(client)}; expected a client that a module ` +
      'exports, made by `defineClient(import.meta.url, …)`: measuring processes import it from there',
  )
}
