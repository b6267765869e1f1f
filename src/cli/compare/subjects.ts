import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { Client } from '../../helpers/clients/contract.ts'
import { clients as suiteClients } from '../../helpers/clients/list.ts'
import { scenarios as suiteScenarios } from '../../helpers/scenarios/list.ts'
import type { Scenario } from '../../helpers/scenarios/scenario.ts'
import { selectionOf } from '../survey.ts'

/** A client under a scenario. */
export interface ComparedSubject {
  readonly client: Client
  readonly scenario: Scenario
}

/** What was asked for. */
export interface Selection {
  readonly names: readonly string[]
  readonly scenario?: string
  /** Package of which versions are compared; absent between trees and Nodes. */
  readonly library?: string
}

/**
 * The clients and scenarios to compare: clients by their names, else all of the specs, those of one package only where its
 * versions are compared; each under the scenario that was asked for, else under those of the specs.
 *
 * @param stated What the specs measure.
 * @throws {UsageError} for unknown names, for a client that does not run on the package, and where nothing is left.
 */
export function subjectsOf(
  { names, scenario, library }: Selection,
  stated: readonly ComparedSubject[],
): readonly ComparedSubject[] {
  const subjects = stated.map((each) => ({ client: each.client.name, scenario: each.scenario.name }))
  selectionOf(names, scenario, subjects)
  const known = new Map([...suiteClients, ...stated.map(({ client }) => client)].map((each) => [each.name, each]))
  const named = names.flatMap((name) => known.get(name) ?? [])
  for (const client of named) requireOn(client, library)
  const ofSpecs = new Set(stated.map(({ client }) => client))
  const chosen = named.length > 0 ? new Set(named) : new Set([...ofSpecs].filter((each) => isOn(each, library)))
  const found = [...chosen].flatMap((client) =>
    scenario === undefined
      ? stated.filter((each) => each.client.name === client.name)
      : [{ client, scenario: scenarioNamed(scenario, stated) }],
  )
  if (found.length > 0) return found
  const what = names.length > 0 ? names.join(', ') : library === undefined ? 'any client' : `a client on ${library}`
  throw new UsageError(
    `no spec measures ${what}; name ${names.length > 0 ? 'a scenario with --scenario' : 'a client and a --scenario'}`,
  )
}

function isOn(client: Client, library: string | undefined): boolean {
  return library === undefined || client.library === library
}

function requireOn(client: Client, library: string | undefined): void {
  if (isOn(client, library)) return
  const own =
    client.library === undefined
      ? 'comes with Node: give `node@VERSION`'
      : `runs on ${client.library}: give \`${client.library}@VERSION\``
  throw new UsageError(`versions of ${library} say nothing about ${client.name}, which ${own}`)
}

/** Known to exist: the selection was checked. */
function scenarioNamed(name: string, stated: readonly ComparedSubject[]): Scenario {
  const found = [...suiteScenarios, ...stated.map(({ scenario }) => scenario)].find((each) => each.name === name)
  if (found === undefined) throw new UsageError(`there is no scenario ${JSON.stringify(name)}`)
  if (found.load !== undefined) {
    throw new UsageError(
      `${name} has a load of its own, and no batches in which two versions could stand side by side; name another scenario`,
    )
  }
  return found
}
