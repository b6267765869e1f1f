import type { CompletedMeasurement } from '../measure/result.ts'
import { count, kilobytes, percent } from './figures.ts'
import { allocatedBytes, firstCounts, requestsPerSecond, sentBytes, shareOf } from './measured-figures.ts'

/** A figure of a measurement as every table has it. */
export interface FigureColumn {
  readonly head: string
  /** Undefined where it was not measured. */
  readonly value: (measurement: CompletedMeasurement) => number | undefined
  readonly text: (value: number) => string
}

export const perSecond: FigureColumn = { head: 'requests/s', value: requestsPerSecond, text: count }

/** Throughput as a share of the control's. */
export const ofHttp: FigureColumn = {
  head: 'of http',
  value: ({ load, client }) => shareOf(load, client, 'http'),
  text: percent,
}

/** What a request costs. */
export const costColumns: readonly FigureColumn[] = [
  { head: 'kB/req', value: allocatedBytes, text: kilobytes },
  { head: 'sent B/req', value: sentBytes, text: count },
  { head: 'conns', value: (measurement) => firstCounts(measurement)?.connections, text: count },
]
