import Table from 'cli-table3'
import { meanInterval } from '../../src/helpers/statistics/student.ts'
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

/** No colours and no colour codes: the table goes to files and logs as well. */
const plain = { head: [], border: [] }

/** A client's methods beside each other, wiregauge first. */
export function tableOf(results: readonly PeerResult[], client: string): string {
  const rows = new Set(results.flatMap(({ estimates }) => estimates.map(({ row }) => row)))
  const own = scatterOf(estimatesIn(results, { client, row: 'wiregauge', slowed: false }))
  const table = new Table({
    head: columns,
    style: plain,
    colAligns: columns.map((_, place) => (place === 0 ? 'left' : 'right')),
  })
  for (const row of [...rows].toSorted(byMethod)) {
    const equal = estimatesIn(results, { client, row, slowed: false })
    const slowed = estimatesIn(results, { client, row, slowed: true })
    const scatter = scatterOf(equal)
    table.push([
      row,
      scatter === undefined ? '–' : `${(scatter * 100).toFixed(2)} %`,
      scatter === undefined || own === undefined ? '–' : `${(scatter / own).toFixed(1)} ×`,
      meanOf(equal),
      alarmsIn(equal),
      meanOf(slowed),
      alarmsIn(slowed),
    ])
  }
  return table.toString()
}

function byMethod(one: string, other: string): number {
  const first = 'wiregauge'
  return Number(other === first) - Number(one === first) || one.localeCompare(other)
}

/** Standard deviation over processes of the log-ratio, which is that of the ratio for scatters of some per cent. */
function scatterOf(estimates: readonly Estimate[]): number | undefined {
  return estimates.length < 2 ? undefined : standardDeviation(estimates.map(({ logRatio }) => logRatio))
}

function meanOf(estimates: readonly Estimate[]): string {
  if (estimates.length < 2) return '–'
  const { estimate, low, high } = meanInterval(estimates.map(({ logRatio }) => logRatio))
  return `${change(estimate)} (${change(low)} … ${change(high)})`
}

/** A log-ratio as a change of throughput; two places, because a tenth of a per cent matters here. */
function change(logRatio: number): string {
  const share = Math.expm1(logRatio) * 100
  return `${share < 0 ? '−' : '+'}${Math.abs(share).toFixed(2)} %`
}

function alarmsIn(estimates: readonly Estimate[]): string {
  return `${estimates.filter(({ alarm }) => alarm).length} of ${estimates.length}`
}
