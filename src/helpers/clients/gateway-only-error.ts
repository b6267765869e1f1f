/** Something that only a gateway has was opened as a client by itself. */
export class GatewayOnlyError extends Error {
  override readonly name = 'GatewayOnlyError'
  readonly code = 'WIREGAUGE_USAGE'

  constructor(client: string) {
    super(
      `${client} is a route of a gateway and no client by itself; measure it under a scenario that loads one, such as gateway`,
    )
  }
}
