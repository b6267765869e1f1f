import type { ClientLoad } from '../measure/result.ts'
import { median } from '../statistics/summary.ts'

/** A thread that is busy for so much of the time has none to spare. */
const nearlyAlways = 0.95

/**
 * Whether the generator of a gateway's load was the bottleneck, so that a route's throughput is the generator's: it had no
 * time to spare, or less than the gateway, which had some.
 *
 * @param loads The windows of one route, replicate by replicate; those of a client by itself have no generator.
 * @returns What was seen in words, or undefined.
 */
export function saturatedGenerator(client: string, loads: readonly ClientLoad[]): string | undefined {
  const generators = loads.flatMap(({ service }) => service?.windows.map(({ generatorBusy }) => generatorBusy) ?? [])
  if (generators.length === 0) return undefined
  const generatorBusy = median(generators)
  const gatewayBusy = median(loads.flatMap(({ windows }) => windows.map(({ clientBusy }) => clientBusy)))
  if (generatorBusy < nearlyAlways && (generatorBusy <= gatewayBusy || gatewayBusy >= nearlyAlways)) return undefined
  const [generator, gateway] = [generatorBusy, gatewayBusy].map((share) => `${Math.round(share * 100)} % of the time`)
  return `the load generator was the bottleneck: its thread was busy ${generator}, the event loop of the gateway under ${client} ${gateway}`
}
