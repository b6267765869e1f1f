import type { Unit, Verdict } from '../../../budgets/verdict.ts'
import { quantile } from '../../../statistics/summary.ts'
import { count, intervalInUnit, inUnit } from '../../figures.ts'
import { wordOf } from '../../history/run-digest.ts'
import { axis, type Chart, colors, drawn } from '../chart.ts'
import { columnsOf } from './histogram.ts'

/** What was measured of a budget that scatters, in its unit. */
export interface BudgetSample {
  /** One a fresh process. */
  readonly replicates: readonly number[]
  /** Single paired differences, where there are any: many, and hundreds of them a process. */
  readonly paired: readonly number[]
}

/** Of the paired differences, which the table has in the place of their picture. */
const percentiles = [5, 25, 50, 75, 95]

/**
 * A budget as a picture: single paired differences as a distribution where there are any, the value of each process as
 * a dot, the interval that was decided on, and what is expected, tolerated and caught.
 *
 * @returns Undefined where nothing was measured that scatters.
 */
export function budgetChart(verdict: Verdict, { replicates, paired }: BudgetSample): Chart | undefined {
  const { measured, unit, expected, tolerates, catches } = verdict
  if (measured === undefined || unit === undefined || replicates.length === 0) return undefined
  const marks = [
    { name: 'expected', at: expected, type: 'dotted', color: colors.muted },
    { name: 'tolerates', at: tolerates, type: 'dashed', color: colors.ink },
    { name: 'catches', at: catches, type: 'solid', color: colors.bad },
  ].flatMap(({ at, ...mark }) => (at === undefined ? [] : [{ ...mark, at }]))
  const decisive = [measured.low, measured.high, ...replicates, ...marks.map(({ at }) => at)]
  const [least, greatest] = [Math.min(...decisive), Math.max(...decisive)]
  // Single differences go far beyond, and would leave no room for what is decided on; so far as they are near, they are drawn.
  const near = paired.filter((value) => Math.abs(value - (least + greatest) / 2) <= greatest - least)
  const columns = columnsOf(near)
  const most = Math.max(1, ...columns.map((column) => column.count))
  const reach = [least, greatest, ...columns.map(({ at }) => at)]
  const [low, high] = [Math.min(...reach), Math.max(...reach)]
  const margin = (high - low || Math.abs(high) || 1) * 0.06
  const title = `${verdict.budget}: ${wordOf(verdict)}`
  const description = `${title}; measured ${intervalInUnit(measured, unit)}; ${marks.map(({ name, at }) => `${name} ${inUnit(at, unit)}`).join(', ')}`
  const picture = drawn(
    {
      grid: { left: 12, right: 12, top: 36, bottom: 26 },
      xAxis: axis('', {
        type: 'value',
        min: low - margin,
        max: high + margin,
        splitNumber: 4,
        axisLabel: labels(unit),
      }),
      yAxis: { type: 'value', min: 0, max: 1, show: false },
      series: [
        {
          type: 'bar',
          data: columns.map((column) => [column.at, (0.6 * column.count) / most]),
          barWidth: '100%',
          barMaxWidth: 10,
          // Pale, so that what is decided on stands out; what is pale alone would not be seen by everybody.
          itemStyle: { color: colors.line, borderColor: colors.muted, borderWidth: 1 },
        },
        {
          type: 'line',
          clip: false,
          data: [
            [measured.low, 0.72],
            [measured.high, 0.72],
          ],
          symbol: 'rect',
          symbolSize: [2, 12],
          lineStyle: { color: colors.main, width: 3 },
          itemStyle: { color: colors.main },
          markLine: {
            silent: true,
            symbol: 'none',
            // Otherwise lines stand at hundredths.
            precision: 12,
            data: marks.map(({ name, at, type, color }) => ({
              xAxis: at,
              lineStyle: { color, type },
              // In a line of its own, because it stands between the others, and may be near to them.
              label: { formatter: name, color, position: 'end', fontSize: 10, distance: name === 'tolerates' ? 17 : 5 },
            })),
          },
        },
        {
          type: 'scatter',
          data: replicates.map((value) => [value, 0.9]),
          symbolSize: 7,
          // An edge tells dots apart that lie on each other.
          itemStyle: { color: colors.main, opacity: 1, borderColor: colors.paper, borderWidth: 1 },
        },
        {
          type: 'scatter',
          data: [[measured.estimate, 0.72]],
          symbol: 'diamond',
          symbolSize: 12,
          itemStyle: { color: colors.main, opacity: 1 },
        },
      ],
    },
    description,
    paired.length > 0 ? 162 : 122,
  )
  return {
    title,
    picture,
    table: {
      head: ['figure', 'value'],
      rows: [
        ['measured', intervalInUnit(measured, unit)],
        ...marks.map(({ name, at }) => [name, inUnit(at, unit)]),
        ...replicates.map((value, place) => [`process ${place + 1}`, inUnit(value, unit)]),
        ...(paired.length === 0
          ? []
          : [
              ['paired differences', `${count(paired.length)}, of them drawn ${count(near.length)}`],
              ...percentiles.map((each) => [
                `paired differences, ${each}th percentile`,
                inUnit(quantile(paired, each / 100), unit),
              ]),
            ]),
      ],
    },
  }
}

function labels(unit: Unit): object {
  return {
    color: colors.muted,
    hideOverlap: true,
    showMinLabel: false,
    showMaxLabel: false,
    formatter: (value: number) => inUnit(value, unit).replace(/ (per request|of batches|requests\/s)$/, ''),
  }
}
