/** A measurement was given up because somebody asked for it. */
export class InterruptedError extends Error {
  readonly code = 'WIREGAUGE_INTERRUPTED'
  override readonly name = 'InterruptedError'

  constructor(client: string, scenario: string) {
    super(`the measurement of ${client} ${scenario} was interrupted`)
  }
}
