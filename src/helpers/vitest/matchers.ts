import { type CostThresholds, judgeCosts } from '../budgets/cost.ts'
import type { Thresholds } from '../budgets/thresholds.ts'
import { judgeAgainstClient, judgeAgainstReference, judgePerSecond } from '../budgets/throughput.ts'
import { isFailure, type Verdict } from '../budgets/verdict.ts'
import type { Measurement } from '../measure/result.ts'
import { verdictMessage } from '../reports/verdict-message.ts'
import { currentSession } from '../session/session.ts'

/** The budgets that a spec can state about a measurement. */
export interface BudgetMatchers<Result> {
  /** Throughput against the same client from the frozen tree, batch by batch in one process. */
  toKeepUpWith(arm: 'reference', thresholds: Thresholds): Result
  /** Throughput under continuous load against another client's that was measured beside, such as the control `http`. */
  toReach(client: string, thresholds: Thresholds): Result
  /** Throughput per second: catches cliffs only. Half of the lowest seen is a sound limit. */
  toSustain(limit: { readonly requestsPerSecond: number }): Result
  /** Connections, bytes on the wire and bytes allocated. */
  toCost(costs: CostThresholds): Result
}

declare module 'vitest' {
  // biome-ignore lint: the parameters must be those of Vitest's own declaration
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends BudgetMatchers<R> {}
}

interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** The matchers, for `expect.extend`. They judge by the budgets of the current session. */
export const budgetMatchers = {
  toKeepUpWith: (received: Measurement, _arm: 'reference', thresholds: Thresholds) =>
    matched(received, (context) => [judgeAgainstReference(received, thresholds, context)]),
  toReach: (received: Measurement, client: string, thresholds: Thresholds) =>
    matched(received, (context) => [judgeAgainstClient(received, client, thresholds, context)]),
  toSustain: (received: Measurement, limit: { readonly requestsPerSecond: number }) =>
    matched(received, (context) => [judgePerSecond(received, limit.requestsPerSecond, context)]),
  toCost: (received: Measurement, costs: CostThresholds) =>
    matched(received, (context) => judgeCosts(received, costs, context)),
}

function matched(
  measurement: Measurement,
  judge: (context: ReturnType<typeof currentSession>['judging']) => readonly Verdict[],
): MatcherResult {
  const { judging, strict, seed, onVerdict } = currentSession()
  const verdicts = judge(judging)
  for (const verdict of verdicts) onVerdict(measurement, verdict)
  const failed = verdicts.filter((verdict) => isFailure(verdict, strict))
  return {
    pass: failed.length === 0,
    message: () => (failed.length > 0 ? failed : verdicts).map((verdict) => verdictMessage(verdict, seed)).join('\n'),
  }
}
