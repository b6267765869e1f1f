/** The time of the run was over before a measurement had begun; more time is the way out, and not a fault of the spec. */
export class CapReachedError extends Error {
  readonly code = 'WIREGAUGE_CAP'
  override readonly name = 'CapReachedError'

  constructor(client: string, scenario: string, capSeconds: number) {
    super(
      `${client} ${scenario} was not measured: the cap of ${capSeconds} s for the run was reached; raise it with ` +
        'WIREGAUGE_CAP_SECONDS or --cap, or measure less',
    )
  }
}
