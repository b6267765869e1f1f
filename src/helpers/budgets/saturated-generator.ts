import type { ClientLoad } from '../measure/result.ts'
import { median } from '../statistics/summary.ts'

/** A thread that is busy for so much of the time has none to spare. */
export const nearlyAlways = 0.95

/** Below it a generator waits for replies more than it works, whatever it is that takes them so long. */
const halfOfTheTime = 0.5

/**
 * Whether the generator of a gateway's load was the bottleneck, so that a route's throughput is the generator's: it had no
 * time to spare, or less than the gateway, which had some, and worked for half of the time at least. Both are shares in which
 * an event loop did not wait for events; wrk only tells its share of a core, which is less.
 *
 * @param loads The windows of one route, replicate by replicate; those of a client by itself have no generator.
 * @returns What was seen in words, or undefined.
 */
export function saturatedGenerator(client: string, loads: readonly ClientLoad[]): string | undefined {
  const generators = loads.flatMap(({ service }) => service?.windows.map(({ generatorBusy }) => generatorBusy) ?? [])
  if (generators.length === 0) return undefined
  const generatorBusy = median(generators)
  const gatewayBusy = median(loads.flatMap(({ windows }) => windows.map(({ clientBusy }) => clientBusy)))
  const busier = generatorBusy >= halfOfTheTime && generatorBusy > gatewayBusy && gatewayBusy < nearlyAlways
  if (generatorBusy < nearlyAlways && !busier) return undefined
  const [generator, gateway] = [generatorBusy, gatewayBusy].map((share) => `${Math.round(share * 100)} % of the time`)
  return `the load generator was the bottleneck: its thread was busy ${generator}, the event loop of the gateway under ${client} ${gateway}`
}
