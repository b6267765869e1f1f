import { withBounds } from '../../src/cli/prove/figures.ts'
import { plainTable } from '../../src/helpers/reports/plain-table.ts'
import { threeWayFigures } from '../../src/helpers/reports/three-way/figures.ts'
import { type ThreeWayReplicate, threeWayArms } from '../../src/helpers/reports/three-way/record.ts'

const columns = ['scenario', 'client', 'mean ms', 'median ms', 'requests/s', 'against axios (95 % interval)']

/** A line for each client under each scenario: time per round, requests per second, and the ratio to the slow client. */
export function tableOf(replicates: readonly ThreeWayReplicate[], names: readonly string[]): string {
  const rows = names.flatMap((name) =>
    threeWayFigures(replicates, name).map(({ client, role, meanMs, medianMs, requestsPerSecond, gain }) => [
      name,
      `${client} (${role})`,
      meanMs.toFixed(1),
      medianMs.toFixed(1),
      requestsPerSecond.toLocaleString('en', { maximumFractionDigits: 0 }),
      gain === undefined ? '1' : withBounds(gain, (log) => `${Math.exp(log).toFixed(2)} ×`),
    ]),
  )
  return plainTable(columns, rows, ['client'])
}

/** Characters of the longest bar. */
const longest = 60

/** A bar for each client under each scenario, as long as its mean round takes, each scenario on a scale of its own. */
export function chartOf(replicates: readonly ThreeWayReplicate[], names: readonly string[]): string {
  const width = Math.max(...threeWayArms.map(({ client }) => client.length))
  return names
    .map((name) => {
      const figures = threeWayFigures(replicates, name)
      const most = Math.max(...figures.map(({ meanMs }) => meanMs))
      const bars = figures.map(({ client, meanMs }) => {
        const bar = '█'.repeat(Math.max(1, Math.round((meanMs / most) * longest)))
        return `  ${client.padEnd(width)} ${bar} ${meanMs.toFixed(1)}`
      })
      return [`${name}, mean ms a round`, ...bars].join('\n')
    })
    .join('\n\n')
}
