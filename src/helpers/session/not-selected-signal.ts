/** Ends a spec's test whose measurement was not asked for; no failure. Only `wiregauge run` selects. */
export class NotSelectedSignal extends Error {
  override readonly name = 'NotSelectedSignal'
}
