import type { ClientLoad, LoadReplicate } from '../../src/helpers/measure/result.ts'
import { plainTable } from '../../src/helpers/reports/plain-table.ts'
import { ratesOf, routeColumns } from '../../src/helpers/reports/route-cells.ts'
import { median } from '../../src/helpers/statistics/summary.ts'

const blocking = 'gateway-blocking'

/** The routes of a gateway beside each other, the fastest first, each as a multiple of the blocking one. */
export function routeTable({ clients }: LoadReplicate): string {
  const base = clients.find(({ client }) => client === blocking)
  const [throughput, ...others] = routeColumns
  const columns = [
    ...(throughput ? [throughput] : []),
    { head: 'of /blocking', cell: (loads: readonly ClientLoad[]) => (base ? `${ratio(loads, [base])} ×` : '–') },
    ...others,
  ]
  const ranked = clients.toSorted((one, other) => median(ratesOf([other])) - median(ratesOf([one])))
  return plainTable(
    ['route', ...columns.map(({ head }) => head)],
    ranked.map((load) => [routeOf(load), ...columns.map(({ cell }) => cell([load]))]),
  )
}

function ratio(loads: readonly ClientLoad[], base: readonly ClientLoad[]): string {
  return (median(ratesOf(loads)) / median(ratesOf(base))).toFixed(1)
}

function routeOf({ client }: ClientLoad): string {
  const own = /^gateway-(?<route>ping|blocking|pool)$/.exec(client)?.groups?.['route']
  return own === undefined ? `/async/${client}` : `/${own}`
}
