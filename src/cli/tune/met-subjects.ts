import type { Client } from '../../helpers/clients/contract.ts'
import type { Scenario } from '../../helpers/scenarios/scenario.ts'
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
 */
export function changedClients(
  held: readonly MetSubject[],
  isAsked: (client: string, scenario: string) => boolean,
  session: Session,
): readonly Client[] {
  const changed = held.filter(({ client, scenario }) => {
    if (!isAsked(client.name, scenario.name)) return false
    const plan = planPair(client, scenario, { ...session, nulls: 'all' })
    return plan.state === 'measured' && !plan.sameFiles
  })
  return [...new Set(changed.map(({ client }) => client))]
}
