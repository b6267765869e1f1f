import { UsageError } from '../helpers/budgets/usage-error.ts'
import { clientNamed } from '../helpers/clients/list.ts'
import { scenarios } from '../helpers/scenarios/list.ts'

/**
 * Which clients and scenarios a command was asked for.
 *
 * @param names Clients; none means all.
 * @param scenario One scenario; undefined means all.
 * @throws {UnknownClientError} for a client that is not in the list.
 * @throws {UsageError} for a scenario that is not in the list.
 */
export function selectionOf(
  names: readonly string[],
  scenario: string | undefined,
): (client: string, scenario: string) => boolean {
  for (const name of names) clientNamed(name)
  if (scenario !== undefined && scenarios.every(({ name }) => name !== scenario)) {
    const known = scenarios.map(({ name }) => name).join(', ')
    throw new UsageError(`there is no scenario ${JSON.stringify(scenario)}; expected one of ${known}`)
  }
  return (client, each) => (names.length === 0 || names.includes(client)) && (scenario ?? each) === each
}
