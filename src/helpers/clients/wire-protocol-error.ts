/** What came over a bare socket was not a whole HTTP response. */
export class WireProtocolError extends Error {
  override readonly name = 'WireProtocolError'
  readonly code = 'WIREGAUGE_WIRE_PROTOCOL'

  constructor(what: string) {
    super(`the client wire could not read the response: ${what}`)
  }
}
