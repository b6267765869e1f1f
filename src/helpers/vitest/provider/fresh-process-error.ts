/** An error of another process, in the form in which it comes over: JSON. */
export interface SentError {
  readonly name?: string
  readonly message: string
  /** As that process wrote it, in the places of the same files. */
  readonly stack?: string
  readonly cause?: SentError
}

/** The test failed in a fresh process, which is a failure of the test: what the other processes measured is of no use then. */
export class FreshProcessError extends Error {
  override readonly name = 'FreshProcessError'

  /** @param sent What failed there; it is the `cause`, with its own stack. */
  constructor(sent: SentError) {
    super(`the test failed in a fresh process: ${sent.message}`, { cause: errorFrom(sent) })
  }
}

/** @param error Whatever was thrown, or Vitest's record of it. */
export function sentError(error: unknown): SentError {
  if (typeof error !== 'object' || error === null) return { message: String(error) }
  const { name, message, stack, cause } = error as Record<'name' | 'message' | 'stack' | 'cause', unknown>
  return {
    ...(typeof name === 'string' && { name }),
    message: typeof message === 'string' ? message : String(error),
    ...(typeof stack === 'string' && { stack }),
    ...(cause !== undefined && cause !== null && cause !== error && { cause: sentError(cause) }),
  }
}

function errorFrom({ name, message, stack, cause }: SentError): Error {
  const error = new Error(message, cause && { cause: errorFrom(cause) })
  if (name !== undefined) error.name = name
  if (stack !== undefined) error.stack = stack
  return error
}
