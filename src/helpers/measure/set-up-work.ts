import type { TargetCounters } from '../targets/counters.ts'

/** What the target has counted for an arm while its clients were being opened, and nobody measured. */
export type SetUpWork = Pick<
  TargetCounters,
  'connections' | 'requests' | 'bytesIn' | 'bytesOut' | 'fullHandshakes' | 'resumedHandshakes'
>

export const noSetUp: SetUpWork = {
  connections: 0,
  requests: 0,
  bytesIn: 0,
  bytesOut: 0,
  fullHandshakes: 0,
  resumedHandshakes: 0,
}

/**
 * The set-up work of one more opening. Connections that it left open are none of it, because the measured requests go over
 * them; those that are gone again are.
 *
 * @param before The arm's counters when `open` was called.
 * @param after The same when it had settled.
 */
export function withOpening(soFar: SetUpWork, before: TargetCounters, after: TargetCounters): SetUpWork {
  const gone = Math.max(0, after.connections - before.connections - after.openConnections)
  // Nobody knows which of several handshakes a connection had that is gone; without sessions to resume it was a full one.
  const resumed = Math.min(gone, after.resumedHandshakes - before.resumedHandshakes)
  const full = Math.min(gone - resumed, after.fullHandshakes - before.fullHandshakes)
  return {
    connections: soFar.connections + gone,
    requests: soFar.requests + after.requests - before.requests,
    bytesIn: soFar.bytesIn + after.bytesIn - before.bytesIn,
    bytesOut: soFar.bytesOut + after.bytesOut - before.bytesOut,
    fullHandshakes: soFar.fullHandshakes + full,
    resumedHandshakes: soFar.resumedHandshakes + resumed,
  }
}

/** An arm's counters without its set-up. What could not be parsed stays: no client may send such a thing. */
export function withoutSetUp(counted: TargetCounters, setUp: SetUpWork): TargetCounters {
  return {
    ...counted,
    connections: counted.connections - setUp.connections,
    requests: counted.requests - setUp.requests,
    bytesIn: counted.bytesIn - setUp.bytesIn,
    bytesOut: counted.bytesOut - setUp.bytesOut,
    fullHandshakes: counted.fullHandshakes - setUp.fullHandshakes,
    resumedHandshakes: counted.resumedHandshakes - setUp.resumedHandshakes,
  }
}
