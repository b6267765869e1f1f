import { meanOf, withBounds } from '../../src/cli/prove/figures.ts'
import { loadOf, throughputIn } from '../../src/helpers/budgets/throughput.ts'
import type { LoadReplicate } from '../../src/helpers/measure/result.ts'
import { plainTable } from '../../src/helpers/reports/plain-table.ts'
import { mean, median } from '../../src/helpers/statistics/summary.ts'

/** The three of the comparison, by their names (FIELD section 1). */
export const arms = [
  { client: 'axios', role: 'slow client' },
  { client: 'undici-request', role: 'fast client' },
  { client: 'axios-undici', role: 'slow client on the fast transport' },
] as const

/** One scenario in one process of each client. */
export interface Replicate {
  readonly scenario: string
  readonly load: LoadReplicate
}

const columns = ['scenario', 'client', 'mean ms', 'median ms', 'requests/s', 'against axios (95 % interval)']

/** A line for each client under each scenario: time per round, requests per second, and the ratio to the slow client. */
export function tableOf(replicates: readonly Replicate[], names: readonly string[]): string {
  const rows = names.flatMap((name) => {
    const loads = loadsOf(replicates, name)
    return arms.map(({ client, role }) => {
      const rounds = roundsOf(loads, client)
      const gains = loads.map((load) => Math.log(throughputIn(load, client) / throughputIn(load, 'axios')))
      const against = client === 'axios' ? '1' : withBounds(meanOf(gains), (gain) => `${Math.exp(gain).toFixed(2)} ×`)
      const perSecond = median(loads.map((load) => throughputIn(load, client)))
      return [
        name,
        `${client} (${role})`,
        mean(rounds).toFixed(1),
        median(rounds).toFixed(1),
        perSecond.toLocaleString('en', { maximumFractionDigits: 0 }),
        against,
      ]
    })
  })
  return plainTable(columns, rows, ['client'])
}

/** Characters of the longest bar. */
const longest = 60

/** A bar for each client under each scenario, as long as its mean round takes, each scenario on a scale of its own. */
export function chartOf(replicates: readonly Replicate[], names: readonly string[]): string {
  const width = Math.max(...arms.map(({ client }) => client.length))
  return names
    .map((name) => {
      const loads = loadsOf(replicates, name)
      const means = arms.map(({ client }) => ({ client, ms: mean(roundsOf(loads, client)) }))
      const most = Math.max(...means.map(({ ms }) => ms))
      const bars = means.map(({ client, ms }) => {
        const bar = '█'.repeat(Math.max(1, Math.round((ms / most) * longest)))
        return `  ${client.padEnd(width)} ${bar} ${ms.toFixed(1)}`
      })
      return [`${name}, mean ms a round`, ...bars].join('\n')
    })
    .join('\n\n')
}

function loadsOf(replicates: readonly Replicate[], name: string): LoadReplicate[] {
  return replicates.filter(({ scenario }) => scenario === name).map(({ load }) => load)
}

/** What every round of a client took, in milliseconds. */
function roundsOf(loads: readonly LoadReplicate[], client: string): number[] {
  return loads.flatMap((load) => loadOf(load, client)?.windows.map(({ durationMs }) => durationMs) ?? [])
}
