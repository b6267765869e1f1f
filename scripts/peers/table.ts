import { change, withBounds } from '../../src/cli/prove/figures.ts'
import { plainTable } from '../../src/helpers/reports/plain-table.ts'
import { meanOf } from '../../src/helpers/statistics/student.ts'
import { standardDeviation } from '../../src/helpers/statistics/summary.ts'
import { estimatesIn, type PeerResult } from './peer-result.ts'
import type { Estimate } from './setting.ts'

const columns = [
  'method',
  'A/A scatter',
  'of wiregauge’s',
  'A/A mean (95 % interval)',
  'false alarms',
  'slowed: mean (95 % interval)',
  'detected',
]

/** A client's methods beside each other, wiregauge first. */
export function tableOf(results: readonly PeerResult[], client: string): string {
  const rows = new Set(results.flatMap(({ estimates }) => estimates.map(({ row }) => row)))
  const own = scatterOf(estimatesIn(results, { client, row: 'wiregauge', slowed: false }))
  const lines = [...rows].toSorted(byMethod).map((row) => {
    const equal = estimatesIn(results, { client, row, slowed: false })
    const slowed = estimatesIn(results, { client, row, slowed: true })
    const scatter = scatterOf(equal)
    return [
      row,
      scatter === undefined ? '–' : `${(scatter * 100).toFixed(2)} %`,
      scatter === undefined || own === undefined ? '–' : `${(scatter / own).toFixed(1)} ×`,
      changeIn(equal),
      alarmsIn(equal),
      changeIn(slowed),
      alarmsIn(slowed),
    ]
  })
  return plainTable(columns, lines)
}

function byMethod(one: string, other: string): number {
  const first = 'wiregauge'
  return Number(other === first) - Number(one === first) || one.localeCompare(other)
}

/** Standard deviation over processes of the log-ratio, which is that of the ratio for scatters of some per cent. */
function scatterOf(estimates: readonly Estimate[]): number | undefined {
  return estimates.length < 2 ? undefined : standardDeviation(estimates.map(({ logRatio }) => logRatio))
}

function changeIn(estimates: readonly Estimate[]): string {
  return withBounds(meanOf(estimates.map(({ logRatio }) => logRatio)), change)
}

function alarmsIn(estimates: readonly Estimate[]): string {
  return `${estimates.filter(({ alarm }) => alarm).length} of ${estimates.length}`
}
