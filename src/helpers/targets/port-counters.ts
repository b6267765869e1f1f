import type { TargetCounters } from './counters.ts'

/** The running counters of one port; the connections add to them. */
export class PortCounters {
  connections = 0
  openConnections = 0
  peakConnections = 0
  requests = 0
  bytesIn = 0
  bytesOut = 0
  parseErrors = 0
  fullHandshakes = 0
  resumedHandshakes = 0

  opened(): void {
    this.connections++
    this.openConnections++
    if (this.openConnections > this.peakConnections) this.peakConnections = this.openConnections
  }

  closed(): void {
    this.openConnections--
  }

  read(): TargetCounters {
    return { ...this }
  }

  /** Begins anew: everything to 0, but what is open stays open, and is the peak so far. */
  reset(): void {
    this.connections = this.requests = this.bytesIn = this.bytesOut = this.parseErrors = 0
    this.fullHandshakes = this.resumedHandshakes = 0
    this.peakConnections = this.openConnections
  }
}
