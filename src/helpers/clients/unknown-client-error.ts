/** A client was asked for by a name that no adapter has. */
export class UnknownClientError extends Error {
  override readonly name = 'UnknownClientError'
  readonly code = 'WIREGAUGE_UNKNOWN_CLIENT'

  /** @param known Names of all clients, in the order of the list. */
  constructor(unknownName: string, known: readonly string[]) {
    super(`there is no client named ${JSON.stringify(unknownName)}; the clients are ${known.join(', ')}`)
  }
}
