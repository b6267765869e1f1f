import { type Effort, looksOf } from '../measure/effort.ts'
import { standardErrorOf } from '../statistics/replicates.ts'
import { type BudgetFile, scatteringBudgets, scatteringEntries, type TunedScenario } from './budget-file.ts'
import { errorRates, leastTolerated, smallestCaught } from './decision.ts'
import { roundedUp, scales } from './scales.ts'
import { type StatedThresholds, statedDistances } from './stated.ts'

/** A limit per second may be so far from half of the lowest seen, as a share of it. */
const roundLimit = 0.25

/**
 * Compares what a spec promises with what the tuned scatter can show at the gate's effort: `catches` goes red with the
 * designed power at the last look, `tolerates` is four standard errors or more of the first look at which there can be a red, a
 * limit per second is half of the lowest seen.
 *
 * @param name Client and scenario.
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
  const values = new Map(scatteringEntries(tuned).map(({ place, value }) => [place, value]))
  const problems = statedDistances(stated, name).flatMap(({ budget, place, distances, expectedIsExact, ...stated }) => {
    const value = values.get(place)
    if (value === undefined) return []
    const scale = scales[stated.scale]
    const looks = looksOf(effort)[stated.evidence]
    const tolerates = scale.worsening(distances.tolerates)
    const standardErrorAt = (replicates: number): number =>
      standardErrorOf(value.scatter, replicates, expectedIsExact ? undefined : value.replicates)
    const caught = smallestCaught(tolerates, standardErrorAt, rates, looks)
    const least = leastTolerated(standardErrorAt, looks)
    const worth = (gain: number): string => scale.inWords(roundedUp(scale.distanceAt(gain)))
    return [
      ...(caught < scale.worsening(distances.catches)
        ? [`${name}, ${budget}: catches ${worth(caught)} at best, with scatter ${value.scatter}`]
        : []),
      ...(tolerates > least ? [`${name}, ${budget}: must tolerate ${worth(least)} or more`] : []),
    ]
  })
  const lowest = tuned.requestsPerSecond?.lowest
  if (stated.requestsPerSecond && lowest && Math.abs(stated.requestsPerSecond / (lowest / 2) - 1) > roundLimit) {
    problems.push(`${name}, per second: half of the lowest seen is ${Math.round(lowest / 2)}`)
  }
  return problems
}
