/** The work that was measured is not the work that was asked for; the message names the arm and the cause. */
export class InvalidWorkError extends Error {
  readonly code = 'WIREGAUGE_INVALID_WORK'
  override readonly name = 'InvalidWorkError'
}
