import type { Client } from '../../helpers/clients/contract.ts'
import type { Scenario } from '../../helpers/scenarios/scenario.ts'
import type { Prepare } from '../../helpers/session/own-reference.ts'
import { planPair } from '../../helpers/session/pair-plan.ts'
import type { Session } from '../../helpers/session/session.ts'

/** A client under a scenario, as a spec asked for it. */
export interface MetSubject {
  readonly client: Client
  readonly scenario: Scenario
}

/** Packages that clients run on, by the clients' names; without those that come with Node. */
export function librariesOf(subjects: readonly MetSubject[]): ReadonlyMap<string, string> {
  return new Map(
    subjects.flatMap(({ client: { name, library } }) => (library === undefined ? [] : [[name, library] as const])),
  )
}

/**
 * The clients of which the reference has other files than the project: they show how code differs, and not how equal code
 * scatters.
 *
 * @param held What is held against a reference.
 * @throws As {@link planPair} does.
 */
export async function changedClients(
  held: readonly MetSubject[],
  isAsked: (client: string, scenario: string) => boolean,
  session: Session,
  signal: AbortSignal,
): Promise<readonly Client[]> {
  const changed = new Set<Client>()
  for (const { client, scenario } of held) {
    if (!isAsked(client.name, scenario.name)) continue
    // Nothing is measured yet that it could disturb.
    const prepare: Prepare = (work) => work()
    const plan = await planPair(client, scenario, { ...session, nulls: 'all' }, { signal, prepare })
    if (plan.state === 'measured' && !plan.sameFiles) changed.add(client)
  }
  return [...changed]
}
