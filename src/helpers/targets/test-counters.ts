import type { TargetCounters } from './counters.ts'

/** For tests: what a port has counted that nobody has connected to. */
export const untouched: TargetCounters = {
  connections: 0,
  openConnections: 0,
  peakConnections: 0,
  requests: 0,
  bytesIn: 0,
  bytesOut: 0,
  parseErrors: 0,
  fullHandshakes: 0,
  resumedHandshakes: 0,
}
