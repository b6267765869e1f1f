import { isApplicable } from '../helpers/clients/applicable.ts'
import type { Client } from '../helpers/clients/contract.ts'
import { clientNamed, clients } from '../helpers/clients/list.ts'
import { scenarios } from '../helpers/scenarios/list.ts'
import type { Entry } from '../helpers/session/entry.ts'
import { measure } from '../helpers/session/measure.ts'
import { currentScope } from '../helpers/session/scope.ts'
import type { Session } from '../helpers/session/session.ts'
import { isLeftOut, lacksLibrary, lacksTool } from './left-out.ts'

/**
 * Measures every client and scenario that was asked for and that no entry holds yet; for information, without budgets.
 * Given up, it ends without an error.
 *
 * @param asked.everything Whether nothing particular was asked for; then some clients are left out under some scenarios.
 * @param asked.byName Whether the scenario was named; else those are left out whose tool is not installed.
 */
export async function measureRest(
  entries: readonly Entry[],
  session: Pick<Session, 'selects' | 'project'>,
  { everything, byName }: { readonly everything: boolean; readonly byName: boolean },
): Promise<void> {
  const { selects, project } = session
  const { signal } = currentScope()
  const isMissing = (client: Client): boolean =>
    [client, ...unmockedOf(client)].some((each) => lacksLibrary(each, project.root))
  const measured = new Set(entries.map(({ measurement }) => `${measurement.client} ${measurement.scenario}`))
  for (const scenario of scenarios) {
    if (!byName && lacksTool(scenario)) continue
    for (const client of clients) {
      if (signal.aborted) return
      // The limit is shown beside the others.
      const measurable =
        client.name !== 'wire' &&
        isApplicable(client, scenario) &&
        !(everything && (isLeftOut(client, scenario) || isMissing(client)))
      const wanted = measurable && selects(client.name, scenario.name)
      if (!wanted || measured.has(`${client.name} ${scenario.name}`)) continue
      try {
        await measure(client, scenario, { beside: unmockedOf(client) })
      } catch (error) {
        if (!signal.aborted) throw error
      }
    }
  }
}

/** Beside a client with a mock stands the same without. */
function unmockedOf({ unmocked }: Client): readonly Client[] {
  return unmocked === undefined ? [] : [clientNamed(unmocked)]
}
