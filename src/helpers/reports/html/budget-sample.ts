import { ownAllocation } from '../../budgets/allocation.ts'
import { referenceKinds } from '../../budgets/kinds.ts'
import { ownRetained, ownRetainedBudget } from '../../budgets/own-retention.ts'
import { throughputKind } from '../../budgets/reference-throughput.ts'
import { scales } from '../../budgets/scales.ts'
import { scalingLogs, scalingPoints } from '../../budgets/scaling.ts'
import { delayKinds, delaysOf } from '../../budgets/service.ts'
import { loadOf, throughputIn } from '../../budgets/throughput.ts'
import type { Verdict } from '../../budgets/verdict.ts'
import type { CompletedMeasurement, PairReplicate } from '../../measure/result.ts'
import { throughputs } from '../measured-figures.ts'
import type { BudgetSample } from './charts/budget-chart.ts'

/** What a verdict rests on, in its unit; empty for what is counted and does not scatter. */
export function budgetSample(measurement: CompletedMeasurement, { budget, expected = 1 }: Verdict): BudgetSample {
  const { pair, load, client } = measurement
  const kind = referenceKinds.find((each) => each.budget === budget)
  if (kind !== undefined) {
    if (pair.state !== 'measured') return { replicates: [], paired: [] }
    return {
      replicates: kind.gains(pair).map((gain) => scales[kind.scale].valueAt(expected, gain)),
      paired: kind === throughputKind ? pair.replicates.flatMap(pairedRatios) : [],
    }
  }
  return { replicates: loadedSample(), paired: [] }

  function loadedSample(): readonly number[] {
    const other = /^throughput against (?<other>.*)$/.exec(budget)?.groups?.['other']
    const points = scalingPoints(budget.replace(/^throughput at /, ''))
    const delay = Object.values(delayKinds).find((each) => each.budget === budget)
    if (other !== undefined) {
      return load
        .filter((replicate) => [client, other].every((name) => loadOf(replicate, name) !== undefined))
        .map((replicate) => throughputIn(replicate, client) / throughputIn(replicate, other))
    }
    if (points !== undefined) return scalingLogs(measurement, points).map(Math.exp)
    if (delay !== undefined) return delaysOf(measurement, delay.place)
    if (budget === 'throughput per second') return throughputs(measurement)
    if (budget === ownRetainedBudget) return ownRetained(measurement)
    return budget === 'allocated bytes' ? ownAllocation(measurement) : []
  }
}

/** Throughput of the current arm relative to the reference's, block by block. */
function pairedRatios({ blocks: { arms } }: PairReplicate): readonly number[] {
  const [current, reference] = arms
  if (current === undefined || reference === undefined) return []
  return current.batchUs.flatMap((us, block) => {
    const beside = reference.batchUs[block]
    return beside === undefined || us === 0 ? [] : [beside / us]
  })
}
