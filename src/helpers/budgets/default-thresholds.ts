import { standardErrorOf } from '../statistics/replicates.ts'
import { type ErrorRates, type Looks, leastTolerated, smallestCaught } from './decision.ts'
import { roundedUp, type ScaleName, scales } from './scales.ts'
import type { Distances, Percent, Thresholds } from './thresholds.ts'

/** What is tolerated and caught where no spec says it and the scatter allows it, as shares (DESIGN section 4). */
const wanted = {
  throughput: { tolerates: 0.015, catches: 0.05 },
  cost: { tolerates: 0.03, catches: 0.06 },
} as const satisfies Partial<Record<ScaleName, unknown>>

/** The smallest step in which thresholds are stated here, as a share: a hundredth of a per cent. */
const step = 1e-4

/** Nothing loses more of its throughput. */
const mostThroughput = 0.99

/**
 * Thresholds for a value that no spec has a budget for: 1.5 and 5 % of throughput, 3 and 6 % of a cost, or as much more as
 * the scatter asks for.
 *
 * @param scatter Standard deviation between replicates, of the logarithm.
 */
export function defaultThresholds(scale: Wanted, scatter: number, rates: ErrorRates, looks: Looks): Thresholds {
  const { tolerates, catches } = finest(scale, scatter, rates, looks)
  return stated(scale, tolerates, Math.max(wanted[scale].catches, catches))
}

/** The same that catch as little as the scatter allows, for who asks for a change that is suspected. */
export function finestThresholds(scale: Wanted, scatter: number, rates: ErrorRates, looks: Looks): Thresholds {
  const { tolerates, catches } = finest(scale, scatter, rates, looks)
  return stated(scale, tolerates, catches)
}

type Wanted = keyof typeof wanted

/** What is tolerated is at least four standard errors, what is caught is caught with the designed power. */
function finest(name: Wanted, scatter: number, rates: ErrorRates, looks: Looks): Distances {
  const scale = scales[name]
  const standardErrorAt = (replicates: number): number => standardErrorOf(scatter, replicates)
  const tolerates = Math.max(wanted[name].tolerates, leastStated(name, leastTolerated(standardErrorAt, looks)))
  const caught = scale.distanceAt(smallestCaught(scale.worsening(tolerates), standardErrorAt, rates, looks))
  return { tolerates, catches: roundedUp(caught) }
}

function stated(scale: Wanted, tolerates: number, catches: number): Thresholds {
  return { tolerates: percent(tolerates), catches: percent(scale === 'throughput' ? most(catches) : catches) }
}

/** The smallest distance that a spec can state and that is worth at least a gain. */
export function leastStated(scale: Wanted, gain: number): number {
  return Math.ceil(scales[scale].distanceAt(gain) / step) * step
}

function most(share: number): number {
  return Math.min(mostThroughput, share)
}

/** A share as specs state it. */
export function percent(share: number): Percent {
  return `${Number((share * 100).toFixed(2))} %`
}
