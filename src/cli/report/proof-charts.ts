import type { BudgetPower } from '../../helpers/budgets/replay-power.ts'
import { scales } from '../../helpers/budgets/scales.ts'
import type { Chart } from '../../helpers/reports/html/chart.ts'
import { type Line, linesChart } from '../../helpers/reports/html/charts/lines.ts'
import { mean } from '../../helpers/statistics/summary.ts'
import { ofPart, type PowerTrial, type Trial } from '../prove/proof.ts'

/**
 * Operating characteristics, as the newest replay of recorded runs has them: how often budgets on throughput against the
 * reference go red, by the drop; budgets that catch the same are drawn together. None where nothing was proved.
 */
export function proofCharts(trials: readonly Trial[]): readonly Chart[] {
  const newest = ofPart(trials, 'replay')
    .filter((trial): trial is PowerTrial => trial.kind === 'power')
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .at(-1)
  const dropped = newest?.power.filter((budget) => dropsOf(budget).length > 0) ?? []
  if (dropped.length === 0) return []
  // By words: a distance comes back from its scale with an error in the last digit.
  const groups = Map.groupBy(dropped, ({ catches }) => scales.throughput.inWords(catches))
  const lines = [...groups]
    .toSorted(([, [one]], [, [other]]) => (one?.catches ?? 0) - (other?.catches ?? 0))
    .map(([catches, budgets]) => lineOf(`catches ${catches}`, budgets))
  return [
    linesChart(lines, {
      title: 'share of runs that go red, by the drop of throughput (replayed from recorded runs)',
      xName: 'drop',
      yName: 'red',
      xScale: 'value',
      xText: (drop) => `${Number((drop * 100).toFixed(1))} %`,
      yText: (share) => `${Math.round(share * 100)} %`,
      yMax: 1,
    }),
  ]
}

function lineOf(name: string, budgets: readonly BudgetPower[]): Line {
  const byDrop = Map.groupBy(budgets.flatMap(dropsOf), ({ drop }) => drop)
  const points = [...byDrop].map(([x, reds]) => ({ x, y: mean(reds.map(({ red }) => red)) }))
  return { name, points: points.toSorted((one, other) => one.x - other.x) }
}

/** Drops that were put into a budget, each with the share that went red over all recorded runs. */
function dropsOf({ at }: BudgetPower): readonly { readonly drop: number; readonly red: number }[] {
  return at.flatMap((point) =>
    'drop' in point && point.red.length > 0 ? [{ drop: point.drop, red: mean(point.red) }] : [],
  )
}
