/**
 * What one port of the target has seen since the last {@link TargetCounters} was taken with `reset`, or since it began
 * to listen. Bytes are payload bytes of the sockets: request and status lines, headers, framing and bodies.
 */
export interface TargetCounters {
  /** Connections accepted. */
  readonly connections: number
  /** Connections open now. */
  readonly openConnections: number
  /** Most connections open at once. */
  readonly peakConnections: number
  /** Requests received in full, whatever the answer was. */
  readonly requests: number
  readonly bytesIn: number
  readonly bytesOut: number
  /** Requests refused with 400, 413, 417 or 431 because they could not be parsed, were cut off or were too large. */
  readonly parseErrors: number
  /** TLS handshakes that were made in full: certificate, key exchange and all. 0 without TLS. */
  readonly fullHandshakes: number
  /** TLS handshakes that resumed an earlier session. 0 without TLS. */
  readonly resumedHandshakes: number
}

/** The counters of every port, with the clocks of the target's thread, read at one moment. */
export interface TargetSnapshot {
  /** In the order of `Target.ports`. */
  readonly counters: readonly TargetCounters[]
  /** CPU time of the target's thread since it started, in milliseconds. */
  readonly cpuMs: number
  /** `performance.now()` of the target's thread, in milliseconds. */
  readonly clockMs: number
  /** Of each port's first request, names in lower case; only when asked for, and nothing where none has come. */
  readonly headers?: readonly (readonly (readonly [name: string, value: string])[])[]
}
