import { scales } from '../../helpers/budgets/scales.ts'
import type { Proposal } from './proposal.ts'

const columns = 56

/** What the marks of a {@link strip} are. */
export const stripLegend =
  'worse ← C caught, T tolerated by the spec, ─ scatter of a process around | expected, · runs, ● the newest → better'

/**
 * One line of history, scatter and thresholds on the scale that is decided on; undefined for what does not scatter or was
 * measured by no run.
 */
export function strip({ proposed, promised, limit, history, scale }: Proposal): string | undefined {
  const { expected, scatter } = proposed
  if (scatter === undefined || history.length === 0) return undefined
  const { gainOf, worsening } = scales[scale]
  const values = history.map((value) => gainOf(expected, value))
  const [promise] = promised
  const tolerates = promise === undefined ? limitGain(expected, limit) : worsening(promise.stated.tolerates)
  const catches = promise === undefined ? undefined : worsening(promise.stated.catches)
  const marks = [tolerates, catches].filter((gain) => gain !== undefined)
  const all = [...values, ...marks, -scatter, scatter]
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const line = Array.from({ length: columns }, () => ' ')
  const columnOf = (gain: number): number => Math.round(((gain - least) / (most - least)) * (columns - 1))
  const put = (gain: number, mark: string): void => {
    line[columnOf(gain)] = mark
  }
  for (let column = columnOf(-scatter); column <= columnOf(scatter); column++) line[column] = '─'
  put(0, '|')
  if (tolerates !== undefined) put(tolerates, 'T')
  if (catches !== undefined) put(catches, 'C')
  for (const value of values) put(value, '·')
  put(values.at(-1) ?? 0, '●')
  return `${line.join('')}  newest ${Number((history.at(-1) ?? 0).toPrecision(4))}`
}

function limitGain(expected: number, limit: Proposal['limit']): number | undefined {
  return limit === undefined ? undefined : Math.log(limit.stated / expected)
}
