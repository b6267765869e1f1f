import { count, minuteOf } from '../figures.ts'
import { withPlainTexts } from '../plain-text.ts'
import { type ThreeWayFigures, threeWayFigures } from '../three-way/figures.ts'
import { type ThreeWayRecord, threeWayArms } from '../three-way/record.ts'
import type { Chart } from './chart.ts'
import type { ChartGroup } from './chart-groups.ts'
import { barChart } from './charts/bars.ts'

const [slow] = threeWayArms

/** The slow client, the fast client, and the slow client on the fast transport: a chart for each scenario. */
export function threeWayGroups(untrusted: ThreeWayRecord): readonly ChartGroup[] {
  const { date, machine, versions, replicates } = withPlainTexts(untrusted)
  const charts = [...new Set(replicates.map(({ scenario }) => scenario))].flatMap((scenario) =>
    chartOf(scenario, threeWayFigures(replicates, scenario)),
  )
  if (charts.length === 0) return []
  const roles = threeWayArms.map(({ client, role }) => `${client} (${role})`).join(', ')
  const packages = ['axios', 'undici'].flatMap((name) =>
    versions[name] === undefined ? [] : `${name} ${versions[name]}`,
  )
  return [
    {
      notes: [
        `${roles}: in one run, in processes of their own that took turns`,
        [machine.class, ...packages, minuteOf(date)].join(' · '),
      ],
      charts,
    },
  ]
}

/** None where the slow client was not measured, so that nothing is compared. */
function chartOf(scenario: string, figures: readonly ThreeWayFigures[]): readonly Chart[] {
  const compared = figures.filter(({ client, gain }) => client === slow.client || gain !== undefined)
  if (!compared.some(({ gain }) => gain !== undefined)) return []
  const bars = compared.map(({ client, gain }) => ({
    client,
    value: ratioOf(gain?.estimate),
    text: `${ratioOf(gain?.estimate).toFixed(2)} ×`,
    ...(gain?.low === undefined ? {} : { bounds: { low: ratioOf(gain.low), high: ratioOf(gain.high) } }),
  }))
  return [
    {
      ...barChart(`${scenario}: throughput against ${slow.client}`, bars),
      table: {
        head: ['client', `against ${slow.client} (95 % interval)`, 'mean ms a burst', 'median ms', 'requests/s'],
        rows: compared.map(({ client, meanMs, medianMs, requestsPerSecond, gain }) => [
          client,
          ratioInWords(gain),
          meanMs.toFixed(1),
          medianMs.toFixed(1),
          count(requestsPerSecond),
        ]),
      },
    },
  ]
}

/** @param gain ln of the ratio; that of the client itself is 0. */
function ratioOf(gain = 0): number {
  return Math.exp(gain)
}

function ratioInWords(gain: ThreeWayFigures['gain']): string {
  if (gain === undefined) return '1'
  const bounds = gain.low === undefined ? [] : [gain.low, gain.high].map((log) => ratioOf(log).toFixed(2))
  return `${ratioOf(gain.estimate).toFixed(2)} ×${bounds.length === 0 ? '' : ` (${bounds.join(' … ')})`}`
}
