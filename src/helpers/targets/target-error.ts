/** The target's thread failed or ended by itself; `cause` is what it threw, if anything. */
export class TargetFailedError extends Error {
  override readonly name = 'TargetFailedError'
  readonly code = 'TARGET_FAILED'

  constructor(detail: string, options?: ErrorOptions) {
    super(`The target on 127.0.0.1 failed: ${detail}`, options)
  }
}

/** The target was asked for something after it was disposed of, or while it was. */
export class TargetClosedError extends Error {
  override readonly name = 'TargetClosedError'
  readonly code = 'TARGET_CLOSED'

  constructor(operation: string) {
    super(`The target on 127.0.0.1 was disposed of: ${operation} is not possible any more`)
  }
}
