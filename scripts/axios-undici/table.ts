import { withBounds } from '../../src/cli/prove/figures.ts'
import type { ClientLoad } from '../../src/helpers/measure/result.ts'
import { plainTable } from '../../src/helpers/reports/plain-table.ts'
import { meanOf } from '../../src/helpers/statistics/student.ts'
import { mean } from '../../src/helpers/statistics/summary.ts'
import type { CoreCost } from './axios-core.ts'

/** One scenario in one process of each client. */
export interface Replicate {
  readonly scenario: string
  readonly core: CoreCost
  readonly loads: readonly ClientLoad[]
}

const columns = [
  ...['scenario', 'axios', 'axios on undici', 'undici-request', 'against axios', 'of the limit'],
  ...['kB/req: axios', 'axios on undici', 'undici-request', 'axios core'],
]

/**
 * A line a scenario: requests per second, the ratio to axios and the share of the limit with 95 % intervals.
 *
 * @param names Of the scenarios, in the order of the lines.
 */
export function tableOf(replicates: readonly Replicate[], names: readonly string[]): string {
  return plainTable(
    columns,
    names.map((name) => lineOf(replicates.filter(({ scenario }) => scenario === name))),
  )
}

function lineOf(replicates: readonly Replicate[]): string[] {
  const perSecond = (client: string): string => {
    const rate = meanOf(replicates.map((replicate) => Math.log(rateOf(replicate, client))))
    return rate === undefined ? '–' : Math.exp(rate.estimate).toLocaleString('en', { maximumFractionDigits: 0 })
  }
  const gains = replicates.map((each) => Math.log(rateOf(each, 'axios-undici') / rateOf(each, 'axios')))
  const shares = replicates.map((each) => Math.log((limitUs(each) * rateOf(each, 'axios-undici')) / 1e6))
  const allocated = ['axios', 'axios-undici', 'undici-request'].map((client) =>
    replicates.flatMap(({ loads }) => loads.find((load) => load.client === client)?.allocatedBytesPerRequest ?? []),
  )
  const ofCore = replicates.map(({ core }) => core.allocatedBytesPerRequest)
  return [
    replicates[0]?.scenario ?? '',
    perSecond('axios'),
    perSecond('axios-undici'),
    perSecond('undici-request'),
    withBounds(meanOf(gains), (gain) => `${Math.exp(gain).toFixed(2)} ×`),
    withBounds(meanOf(shares), (share) => `${(Math.exp(share) * 100).toFixed(0)} %`),
    ...[...allocated, ofCore].map(kilobytes),
  ]
}

/** Of all windows together: stalls and collections count with their length. */
function rateOf({ loads }: Replicate, client: string): number {
  const windows = loads.find((load) => load.client === client)?.windows ?? []
  const total = (of: 'requests' | 'durationMs') => windows.reduce((sum, window) => sum + window[of], 0)
  return (total('requests') * 1e3) / total('durationMs')
}

/** The least that a request can take: the core of axios, and undici's own request. */
function limitUs(replicate: Replicate): number {
  return replicate.core.usPerRequest + 1e6 / rateOf(replicate, 'undici-request')
}

function kilobytes(bytes: readonly number[]): string {
  return withBounds(bytes.length === 0 ? undefined : { estimate: mean(bytes) / 1e3 }, (value) => value.toFixed(1))
}
