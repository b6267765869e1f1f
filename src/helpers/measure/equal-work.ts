import type { League } from '../clients/contract.ts'
import type { TargetCounters } from '../targets/counters.ts'

/** What was asked of one arm between opening and closing its client. */
export interface AskedWork {
  readonly league: League
  /** Cap on connections; holds in the equalised league. */
  readonly connections: number
  /** Requests asked for. */
  readonly requests: number
  /** Whether a mock was to answer all of them, so that none reaches the target. */
  readonly intercepted: boolean
  /** Bytes that the first, checked request and its answer took. */
  readonly checked: { readonly bytesIn: number; readonly bytesOut: number }
}

/**
 * Compares what the target counted with what was asked for.
 *
 * @param counted The arm's counters when nothing was in flight any more, before its client was closed.
 * @param leftOpen Connections still open after the client was closed.
 * @returns What disagrees in words, or undefined.
 */
export function disagreement(asked: AskedWork, counted: TargetCounters, leftOpen: number): string | undefined {
  const { checked } = asked
  const requests = asked.intercepted ? 0 : asked.requests
  if (asked.intercepted && (counted.requests > 0 || counted.connections > 0)) {
    return (
      `${asked.requests} requests were to be answered by the mock, the target got ${counted.requests} ` +
      `over ${counted.connections} connections`
    )
  }
  if (counted.requests !== requests) return `${requests} requests were asked for, the target got ${counted.requests}`
  const unsound = unsoundConnections(asked, counted, leftOpen)
  if (unsound !== undefined) return unsound
  if (counted.bytesOut !== checked.bytesOut * requests) {
    return (
      `the answers took ${counted.bytesOut} bytes, ${requests} like the checked one ` +
      `are ${checked.bytesOut * requests}`
    )
  }
  if (counted.bytesIn !== checked.bytesIn * requests) {
    return (
      `the requests took ${counted.bytesIn} bytes, ${requests} like the checked one ` +
      `are ${checked.bytesIn * requests}`
    )
  }
  return undefined
}

/**
 * Looks at an arm's connections, which have to be sound whatever became of its requests.
 *
 * @param counted The arm's counters when nothing was in flight any more, before its client was closed.
 * @param leftOpen Connections still open after the client was closed.
 * @returns What is wrong in words, or undefined.
 */
export function unsoundConnections(
  { league, connections }: Pick<AskedWork, 'league' | 'connections'>,
  counted: Pick<TargetCounters, 'parseErrors' | 'openConnections'>,
  leftOpen: number,
): string | undefined {
  if (counted.parseErrors > 0) return `the target could not parse ${counted.parseErrors} requests`
  // Not the peak: a client that lost keep-alive has more for moments, while the old ones close. That is a cost.
  if (league === 'equalised' && counted.openConnections > connections) {
    return `leaked sockets: ${counted.openConnections} connections were open with nothing in flight, the cap is ${connections}`
  }
  // As shipped, a client may keep its connections in a pool of the whole process, which is not its to close.
  if (league === 'equalised' && leftOpen > 0) {
    return `leaked sockets: ${leftOpen} connections were still open after the client was closed`
  }
  return undefined
}
