import type { CostThresholds } from '../../helpers/budgets/cost.ts'
import { type ScalingPoints, scalingName } from '../../helpers/budgets/scaling.ts'
import type { ServiceThresholds } from '../../helpers/budgets/service.ts'
import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import type { TailThresholds } from '../../helpers/budgets/tail.ts'
import type { RatioThresholds, Thresholds } from '../../helpers/budgets/thresholds.ts'
import type { InvalidMeasurement } from '../../helpers/measure/result.ts'
import type { Measured } from '../../helpers/session/measured.ts'
import { inScope, Scope } from '../../helpers/session/scope.ts'
import { provideSession, type Session } from '../../helpers/session/session.ts'
import type { SurveyedTest } from '../survey.ts'
import { replaceExpect } from './vitest-stand-in.ts'

/** What the specs state, by `client scenario`. */
export type StatedBudgets = ReadonlyMap<string, StatedThresholds>

/** A matcher that a spec called, and what with. */
export interface MatcherCall {
  readonly client: string
  readonly scenario: string
  readonly matcher: string
  readonly given: readonly unknown[]
  /** The stack of the call, by which its line in the spec is known. */
  readonly stack: string
}

/**
 * What specs state, found by running their tests on measurements that were never made. From then on `expect` notes
 * instead of judging, until it is replaced.
 *
 * @param tests Those with a subject are run.
 * @param onCall Told about every matcher that is called. Default: nobody is.
 */
export async function statedBudgets(
  tests: readonly SurveyedTest[],
  session: Session,
  onCall: (call: MatcherCall) => void = () => {},
): Promise<StatedBudgets> {
  const found = new Map<string, StatedThresholds>()
  provideSession(() => ({ ...session, selects: () => true, recorded: notMeasured }))
  replaceExpect((received) => {
    const { client, scenario } = (received as Measured).measurement
    const name = `${client} ${scenario}`
    const noted = found.get(name) ?? { against: new Map() }
    found.set(name, noted)
    const matchers = Object.entries(notingMatchers(noted)).map(([matcher, note]) => [
      matcher,
      (...given: unknown[]) => {
        onCall({ client, scenario, matcher, given, stack: new Error().stack ?? '' })
        return (note as (...all: unknown[]) => Promise<void>)(...given)
      },
    ])
    return Object.fromEntries(matchers)
  })
  for (const { run, subject } of tests) if (subject !== undefined) await inScope(new Scope(), run)
  provideSession(() => session)
  return found
}

/** In the place of a measurement: it has names and no figures. */
function notMeasured(client: string, scenario: string): InvalidMeasurement {
  const startedAt = new Date(0).toISOString()
  const reason = 'only what is stated about it was asked for'
  return { state: 'invalid', client, scenario, league: 'equalised', seed: 0, startedAt, durationMs: 0, reason }
}

/** Matchers that note what they are called with, and hold everything. */
export function notingMatchers(noted: StatedThresholds) {
  return {
    toKeepUpWith: async (_arm: string, thresholds: Thresholds): Promise<void> => {
      noted.reference = thresholds
    },
    toHoldItsTail: async (thresholds: TailThresholds): Promise<void> => {
      noted.tail = { ...noted.tail, ...thresholds }
    },
    toReach: async (client: string, thresholds: RatioThresholds): Promise<void> => {
      noted.against.set(client, thresholds)
    },
    toScale: async (points: ScalingPoints, thresholds: Thresholds): Promise<void> => {
      noted.scaling = { ...noted.scaling, [scalingName(points)]: thresholds }
    },
    toSustain: async (limit: { requestsPerSecond: number }): Promise<void> => {
      noted.requestsPerSecond = limit.requestsPerSecond
    },
    toServe: async (service: ServiceThresholds): Promise<void> => {
      noted.service = { ...noted.service, ...service }
    },
    toCost: async (costs: CostThresholds): Promise<void> => {
      noted.costs = { ...noted.costs, ...costs }
    },
  }
}
