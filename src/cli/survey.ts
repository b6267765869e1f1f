import { UsageError } from '../helpers/budgets/usage-error.ts'
import { clients } from '../helpers/clients/list.ts'
import { scenarios } from '../helpers/scenarios/list.ts'
import { NotSelectedSignal } from '../helpers/session/not-selected-signal.ts'
import { provideSession, type Session } from '../helpers/session/session.ts'
import { nearestOf } from '../helpers/trees/nearest.ts'
import type { CollectedTest } from './specs/vitest-stand-in.ts'

/** A client under a scenario, by their names. */
export interface Subject {
  readonly client: string
  readonly scenario: string
}

/** A collected test with what it measures first; absent when it ended before. */
export interface SurveyedTest extends CollectedTest {
  readonly subject?: Subject
  /** What ended it before it measured anything. */
  readonly failure?: unknown
}

/**
 * Finds out what each test measures by running it up to its first `measure`, which measures nothing here. Anything else
 * that a test throws will come again when it is run in earnest.
 */
export async function survey(tests: readonly CollectedTest[], session: Session): Promise<readonly SurveyedTest[]> {
  const surveyed: SurveyedTest[] = []
  for (const test of tests) {
    let subject: Subject | undefined
    let failure: unknown
    provideSession(() => ({
      ...session,
      selects: (client, scenario) => {
        subject ??= { client, scenario }
        return false
      },
    }))
    try {
      await test.run()
    } catch (error) {
      if (!(error instanceof NotSelectedSignal)) {
        subject = undefined
        failure = error
      }
    }
    surveyed.push({ ...test, ...(subject !== undefined && { subject }), ...(failure !== undefined && { failure }) })
  }
  provideSession(() => session)
  return surveyed
}

/**
 * Which clients and scenarios a command was asked for.
 *
 * @param names Clients; none means all.
 * @param scenario One scenario; undefined means all.
 * @param found What the specs measure, besides the lists of the suite.
 * @throws {UsageError} for a name that neither the specs nor the lists have.
 */
export function selectionOf(
  names: readonly string[],
  scenario: string | undefined,
  found: readonly Subject[],
): (client: string, scenario: string) => boolean {
  for (const name of names) {
    requireKnown('client', name, [...clients.map((client) => client.name), ...found.map(({ client }) => client)])
  }
  if (scenario !== undefined) {
    requireKnown('scenario', scenario, [...scenarios.map(({ name }) => name), ...found.map((each) => each.scenario)])
  }
  return (client, each) => (names.length === 0 || names.includes(client)) && (scenario ?? each) === each
}

/** @throws {UsageError} for a name that is not known, with the nearest that are. */
export function requireKnown(kind: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return
  const names = [...new Set(known)]
  throw new UsageError(
    `there is no ${kind} ${JSON.stringify(name)}; the nearest are ` +
      `${nearestOf(name, names).join(', ')}; there are ${names.join(', ')}`,
  )
}
