import type { Effort } from '../measure/measurement.ts'
import type { BudgetFile, TunedScenario, TunedValue } from './budget-file.ts'
import { scatteringBudgets } from './budget-file.ts'
import type { CostThresholds } from './cost.ts'
import { errorRates, smallestCaught } from './decision.ts'
import { type Distances, distancesOf, type Thresholds } from './thresholds.ts'

/** What a spec states about one client under one scenario, as its matchers were called. */
export interface StatedThresholds {
  reference?: Thresholds
  readonly against: Map<string, Thresholds>
  requestsPerSecond?: number
  costs?: CostThresholds
}

/** Least number of standard errors that `tolerates` must be, so that noise alone does not come near a red. */
const toleratedErrors = 2

/**
 * Compares what a spec promises with what the tuned scatter can show at the gate's effort: `catches` goes red with 95 %
 * power, `tolerates` is well above the noise, a limit per second is half of the lowest seen.
 *
 * @returns A sentence for every promise that is not kept, with what could be kept.
 */
export function brokenPromises(
  name: string,
  stated: StatedThresholds,
  tuned: TunedScenario,
  file: BudgetFile,
  effort: Effort,
): string[] {
  const rates = errorRates(scatteringBudgets(file))
  const problems: string[] = []
  const check = (budget: string, distances: Distances, value: TunedValue, error: number, cost: boolean): void => {
    const standardError = value.scatter * error
    const worsening = (share: number) => (cost ? -Math.log(1 + share) : Math.log(1 - share))
    const shareOf = (log: number) => (cost ? Math.expm1(-log) : -Math.expm1(log)) * 100
    const caught = smallestCaught(worsening(distances.tolerates), standardError, rates)
    if (caught < worsening(distances.catches)) {
      problems.push(
        `${name}, ${budget}: catches ${shareOf(caught).toFixed(1)} % at best, with scatter ${value.scatter}`,
      )
    }
    if (toleratedErrors * standardError > -worsening(distances.tolerates)) {
      problems.push(
        `${name}, ${budget}: must tolerate ${shareOf(-toleratedErrors * standardError).toFixed(1)} % or more`,
      )
    }
  }
  const pairError = Math.sqrt(1 / effort.pair.replicates)
  const loadError = (value: TunedValue) => Math.sqrt(1 / effort.load.replicates + 1 / value.replicates)
  if (stated.reference && tuned.reference) {
    check('against reference', distancesOf(stated.reference, name), tuned.reference, pairError, false)
  }
  for (const [client, thresholds] of stated.against) {
    const value = tuned.against?.[client]
    if (value) check(`against ${client}`, distancesOf(thresholds, name), value, loadError(value), false)
  }
  const allocated = tuned.allocatedBytesPerRequest
  if (stated.costs?.allocatedBytes && allocated) {
    const error = Math.max(pairError, loadError(allocated))
    check('allocated bytes', distancesOf(stated.costs.allocatedBytes, name), allocated, error, true)
  }
  const lowest = tuned.requestsPerSecond?.lowest
  if (stated.requestsPerSecond && lowest && Math.abs(stated.requestsPerSecond / (lowest / 2) - 1) > 0.25) {
    problems.push(`${name}, per second: half of the lowest seen is ${Math.round(lowest / 2)}`)
  }
  return problems
}
