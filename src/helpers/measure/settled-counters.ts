import type { TargetCounters, TargetSnapshot } from '../targets/counters.ts'
import { sleep } from './real-time.ts'

/** Most looks while closed sockets have not reached the target's thread, 10 ms apart. */
const settlingLooks = 50

/**
 * Waits until no port of a target has more connections open than it may.
 *
 * @param snapshot Reads the target.
 * @param mostAt How many a port may have, by its place.
 * @returns The counters then, or when that was waited for in vain.
 */
export async function settledCounters(
  snapshot: () => Promise<TargetSnapshot>,
  mostAt: (place: number) => number,
): Promise<readonly TargetCounters[]> {
  for (let look = 1; ; look++) {
    const { counters } = await snapshot()
    const settled = counters.every(({ openConnections }, place) => openConnections <= mostAt(place))
    if (look === settlingLooks || settled) return counters
    await sleep(10)
  }
}
