import { type CostThresholds, judgeCosts } from '../budgets/cost.ts'
import type { JudgingContext } from '../budgets/judgement.ts'
import { judgeAgainstReference } from '../budgets/reference-throughput.ts'
import { judgeScaling, type ScalingPoints } from '../budgets/scaling.ts'
import { judgeService, type ServiceThresholds } from '../budgets/service.ts'
import { judgeTail, type TailThresholds } from '../budgets/tail.ts'
import type { RatioThresholds, Thresholds } from '../budgets/thresholds.ts'
import { judgeAgainstClient, judgePerSecond } from '../budgets/throughput.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { isFailure, type Verdict } from '../budgets/verdict.ts'
import type { Measurement } from '../measure/result.ts'
import { verdictMessage } from '../reports/verdict-message.ts'
import type { Measured } from '../session/measured.ts'
import { currentScope } from '../session/scope.ts'
import { currentSession } from '../session/session.ts'
import { settle } from '../session/settle.ts'
import { withBlindness } from '../session/streaks.ts'

/** The budgets that a spec can state about a measurement. All of them may have more measured, and must be awaited. */
export interface BudgetMatchers {
  /** Throughput against the same client from the frozen tree, batch by batch in one process. */
  toKeepUpWith(arm: 'reference', thresholds: Thresholds): Promise<void>
  /** What hits few batches, against the same reference: percentiles of batch time, and shares of slow batches. */
  toHoldItsTail(thresholds: TailThresholds): Promise<void>
  /** Throughput under continuous load against another client's that was measured beside, such as the control `http`. */
  toReach(client: string, thresholds: RatioThresholds): Promise<void>
  /** What remains of the throughput at one point of a sweep at another: requests in flight, or handlers of a mock. */
  toScale(points: ScalingPoints, thresholds: Thresholds): Promise<void>
  /** Throughput per second: catches cliffs only. Half of the lowest seen is a sound limit. */
  toSustain(limit: { readonly requestsPerSecond: number }): Promise<void>
  /**
   * How the client's route in a gateway serves, one budget an entry: errors are counted; the delay of the event loop while it
   * is loaded, and what `/ping` takes meanwhile, scatter.
   */
  toServe(service: ServiceThresholds): Promise<void>
  /**
   * What it costs, one budget an entry: connections, bytes on the wire and listeners are counted exactly; allocated bytes,
   * buffers, CPU and wall time per request, and what stays on the heap and resident, scatter.
   */
  toCost(costs: CostThresholds): Promise<void>
}

interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** The matchers, for `expect.extend`. They judge by the budgets of the current session. */
export const budgetMatchers = {
  toKeepUpWith: async (received: Measured, arm: 'reference', thresholds: Thresholds) => {
    requireReference(arm)
    requireObject('toKeepUpWith', thresholds, thresholdsExample)
    return await matched(received, (measurement, context) => [judgeAgainstReference(measurement, thresholds, context)])
  },
  toHoldItsTail: async (received: Measured, thresholds: TailThresholds) => {
    requireObject('toHoldItsTail', thresholds, "a ladder, such as { p90: { tolerates: '5 %', catches: '15 %' } }")
    return await matched(received, (measurement, context) => judgeTail(measurement, thresholds, context))
  },
  toReach: async (received: Measured, client: string, thresholds: RatioThresholds) => {
    if (typeof client !== 'string') throw wrong('toReach', client, "the name of a client, such as 'http'")
    requireObject('toReach', thresholds, thresholdsExample)
    return await matched(received, (measurement, context) => [
      judgeAgainstClient(measurement, client, thresholds, context),
    ])
  },
  toScale: async (received: Measured, points: ScalingPoints, thresholds: Thresholds) => {
    if (!(Number.isInteger(points?.from) && Number.isInteger(points?.to))) {
      throw wrong('toScale', points, 'two points of the sweep, such as { from: 16, to: 512 }')
    }
    requireObject('toScale', thresholds, thresholdsExample)
    return await matched(received, (measurement, context) => [judgeScaling(measurement, points, thresholds, context)])
  },
  toSustain: async (received: Measured, limit: { readonly requestsPerSecond: number }) => {
    if (typeof limit?.requestsPerSecond !== 'number') throw wrong('toSustain', limit, '{ requestsPerSecond: 800 }')
    return await matched(received, (measurement, context) => [
      judgePerSecond(measurement, limit.requestsPerSecond, context),
    ])
  },
  toServe: async (received: Measured, service: ServiceThresholds) => {
    requireObject(
      'toServe',
      service,
      "budgets, such as { errors: 0, pingBeside: { tolerates: '50 %', catches: '150 %' } }",
    )
    return await matched(received, (measurement, context) => judgeService(measurement, service, context))
  },
  toCost: async (received: Measured, costs: CostThresholds) => {
    requireObject('toCost', costs, "costs, such as { connections: 4, requestBytes: 'unchanged' }")
    return await matched(received, (measurement, context) => judgeCosts(measurement, costs, context))
  },
}

// Specs run without their types being checked, so that what they state is checked here.

const thresholdsExample = "thresholds, such as { tolerates: '1.5 %', catches: '5 %' }"

function requireObject(matcher: string, stated: unknown, expected: string): void {
  if (typeof stated !== 'object' || stated === null) throw wrong(matcher, stated, expected)
}

function wrong(matcher: string, stated: unknown, expected: string): UsageError {
  return new UsageError(`${matcher} got ${JSON.stringify(stated)}; expected ${expected}`)
}

function requireReference(arm: unknown): void {
  if (arm === 'reference') return
  throw new UsageError(
    `toKeepUpWith knows no arm ${JSON.stringify(arm)}; expected 'reference', or use toReach for another client`,
  )
}

function requireMeasured(received: Partial<Measured> | undefined | null): void {
  const state = received?.measurement?.state
  if (state === 'completed' || state === 'invalid') return
  throw new UsageError(`expect got ${JSON.stringify(received)}; budgets are stated about what \`measure\` resolves to`)
}

async function matched(
  measured: Measured,
  judge: (measurement: Measurement, context: JudgingContext) => readonly Verdict[],
): Promise<MatcherResult> {
  requireMeasured(measured)
  const { judging, strict, seed, streaks, onVerdict } = currentSession()
  const scope = currentScope()
  const settled = await settle(measured, (measurement) => judge(measurement, judging), {
    looks: judging.looks,
    beforeRed: () => measured.measureNull(),
  })
  const verdicts = settled.map((verdict) => withBlindness(verdict, streaks))
  for (const verdict of verdicts) {
    scope.judge(measured, verdict)
    onVerdict(measured.measurement, verdict)
  }
  const failed = verdicts.filter((verdict) => isFailure(verdict, strict))
  return {
    pass: failed.length === 0,
    message: () => (failed.length > 0 ? failed : verdicts).map((verdict) => verdictMessage(verdict, seed)).join('\n'),
  }
}
