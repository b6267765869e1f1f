import { types } from 'node:util'
import { UsageError } from '../budgets/usage-error.ts'
import { GatewayOnlyError } from '../clients/gateway-only-error.ts'
import { excerptOf } from './excerpt.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import { LibraryError } from './library-error.ts'

/** What a process of a measurement answers instead of what it was asked for. */
export type Failure =
  | { readonly type: 'invalid'; readonly reason: string }
  /** The spec or the set-up is wrong, not the client's work. */
  | { readonly type: 'usage'; readonly reason: string; readonly library?: LibraryError['fault'] }

/**
 * An error as it crosses to the process that asked.
 *
 * @param where What was at work when something unexpected was thrown, e.g. `current: failed in window`.
 */
export function failureOf(error: unknown, where: string): Failure {
  if (error instanceof UsageError || error instanceof GatewayOnlyError) {
    const fault = error instanceof LibraryError ? { library: error.fault } : {}
    return { type: 'usage', reason: error.message, ...fault }
  }
  if (error instanceof InvalidWorkError) return { type: 'invalid', reason: error.message }
  return { type: 'invalid', reason: `${where}: ${describe(error)}` }
}

function describe(error: unknown): string {
  if (!isError(error)) return `rejected with ${excerptOf(error)}`
  const code = 'code' in error && !error.message.includes(String(error.code)) ? ` (${String(error.code)})` : ''
  // Node's fetch fails for a reason that only the cause tells.
  const cause = isError(error.cause) && !error.message.includes(error.cause.message) ? error.cause : undefined
  return `${error.name}: ${error.message}${code}${cause === undefined ? '' : `; its cause is ${describe(cause)}`}`
}

/** Errors of other realms are none of ours, and as good. */
function isError(error: unknown): error is Error {
  return error instanceof Error || types.isNativeError(error)
}

/** The error that a failure stands for. */
export function errorOf(failure: Failure): Error {
  if (failure.type === 'invalid') return new InvalidWorkError(failure.reason)
  return failure.library ? new LibraryError(failure.reason, failure.library) : new UsageError(failure.reason)
}
