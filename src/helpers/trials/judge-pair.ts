import { tunedFor } from '../budgets/budget-file.ts'
import type { CostThresholds } from '../budgets/cost.ts'
import { leastTolerated } from '../budgets/decision.ts'
import { leastStated, percent } from '../budgets/default-thresholds.ts'
import type { JudgingContext } from '../budgets/judgement.ts'
import { judgeStated, type StatedThresholds } from '../budgets/stated.ts'
import type { Percent, Thresholds } from '../budgets/thresholds.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Client } from '../clients/contract.ts'
import { looksOf } from '../measure/effort.ts'
import type { Measurement } from '../measure/result.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { Session } from '../session/session.ts'
import { standardErrorOf } from '../statistics/replicates.ts'

/**
 * Judges everything that a pair can show of what a spec states; throughput against other clients and per second needs
 * continuous load, which a trial does without.
 *
 * @throws {UsageError} when nothing is stated that a pair can show.
 */
export function judgePair(
  measurement: Measurement,
  { reference, tail, costs }: StatedThresholds,
  context: JudgingContext,
): Verdict[] {
  const ofPair: StatedThresholds = {
    ...(reference === undefined ? {} : { reference }),
    ...(tail === undefined ? {} : { tail }),
    ...(costs === undefined || !statesCost(costs) ? {} : { costs }),
    against: new Map(),
  }
  const verdicts = judgeStated(measurement, ofPair, context)
  if (verdicts.length > 0) return verdicts
  throw new UsageError(
    `${measurement.client} ${measurement.scenario}: no budget is stated that a pair can show, so that a trial of it ` +
      'shows nothing',
  )
}

function statesCost(costs: CostThresholds): boolean {
  return Object.values(costs).some((threshold) => threshold !== undefined)
}

/**
 * The tightest budget against the reference that is not refused: what is tolerated is the least that the tuned scatter
 * allows.
 *
 * @param catches The drop to be caught, above what is tolerated.
 * @throws {UsageError} when the client was never tuned under the scenario, or scatters too much for that drop.
 */
export function strictestThresholds(
  { budgets, effort }: Pick<Session, 'budgets' | 'effort'>,
  client: Pick<Client, 'name'>,
  scenario: Pick<Scenario, 'name'>,
  catches: Percent,
): Thresholds {
  const name = `${client.name} ${scenario.name}`
  const { reference } = tunedFor(budgets, client.name, scenario.name)
  if (reference === undefined) throw new UsageError(`${name}: there is no tuned scatter to state a budget by`)
  const least = leastTolerated((replicates) => standardErrorOf(reference.scatter, replicates), looksOf(effort).pair)
  const tolerates = leastStated('throughput', least)
  if (tolerates >= Number.parseFloat(catches) / 100) {
    throw new UsageError(
      `${name}: a budget that catches ${catches} must tolerate less, and has to tolerate ` +
        `${percent(tolerates)} for its scatter of ${reference.scatter}`,
    )
  }
  return { tolerates: percent(tolerates), catches }
}
