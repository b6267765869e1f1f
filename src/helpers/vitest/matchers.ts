import { type CostThresholds, judgeCosts } from '../budgets/cost.ts'
import type { Thresholds } from '../budgets/thresholds.ts'
import { judgeAgainstClient, judgeAgainstReference, judgePerSecond } from '../budgets/throughput.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { isFailure, type Verdict } from '../budgets/verdict.ts'
import type { Measurement } from '../measure/result.ts'
import { verdictMessage } from '../reports/verdict-message.ts'
import { currentSession } from '../session/session.ts'

/** The budgets that a spec can state about a measurement. */
interface BudgetMatchers<Result> {
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
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends BudgetMatchers<R> {}
}

interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** The matchers, for `expect.extend`. They judge by the budgets of the current session. */
export const budgetMatchers = {
  toKeepUpWith: (received: Measurement, arm: 'reference', thresholds: Thresholds) => {
    requireReference(arm)
    requireObject('toKeepUpWith', thresholds, thresholdsExample)
    return matched(received, (context) => [judgeAgainstReference(received, thresholds, context)])
  },
  toReach: (received: Measurement, client: string, thresholds: Thresholds) => {
    if (typeof client !== 'string') throw wrong('toReach', client, "the name of a client, such as 'http'")
    requireObject('toReach', thresholds, thresholdsExample)
    return matched(received, (context) => [judgeAgainstClient(received, client, thresholds, context)])
  },
  toSustain: (received: Measurement, limit: { readonly requestsPerSecond: number }) => {
    if (typeof limit?.requestsPerSecond !== 'number') throw wrong('toSustain', limit, '{ requestsPerSecond: 800 }')
    return matched(received, (context) => [judgePerSecond(received, limit.requestsPerSecond, context)])
  },
  toCost: (received: Measurement, costs: CostThresholds) => {
    requireObject('toCost', costs, "costs, such as { connections: 4, requestBytes: 'unchanged' }")
    return matched(received, (context) => judgeCosts(received, costs, context))
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

function requireMeasurement(received: Partial<Measurement> | undefined | null): void {
  if (received?.state === 'completed' || received?.state === 'invalid') return
  throw new UsageError(`expect got ${JSON.stringify(received)}; budgets are stated about what \`measure\` resolves to`)
}

function matched(
  measurement: Measurement,
  judge: (context: ReturnType<typeof currentSession>['judging']) => readonly Verdict[],
): MatcherResult {
  requireMeasurement(measurement)
  const { judging, strict, seed, onVerdict } = currentSession()
  const verdicts = judge(judging)
  for (const verdict of verdicts) onVerdict(measurement, verdict)
  const failed = verdicts.filter((verdict) => isFailure(verdict, strict))
  return {
    pass: failed.length === 0,
    message: () => (failed.length > 0 ? failed : verdicts).map((verdict) => verdictMessage(verdict, seed)).join('\n'),
  }
}
