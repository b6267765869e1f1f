import type { Reply } from '../clients/contract.ts'
import { excerptOf } from './excerpt.ts'

/** A client's reply is not what the target sent. */
export class WrongReplyError extends Error {
  readonly code = 'WIREGAUGE_WRONG_REPLY'
  override readonly name = 'WrongReplyError'

  /** @param expected Status and length of an answer; anything else where the client gives values. */
  constructor(expected: { readonly status: number; readonly textLength: number } | object, reply: Reply | undefined) {
    super('textLength' in expected ? wrongAnswer(expected, reply) : wrongValue(reply))
  }
}

function wrongAnswer(expected: { readonly status?: unknown; readonly textLength: unknown }, reply: unknown): string {
  const { status, text } = (reply ?? {}) as { status?: unknown; text?: unknown }
  const length = typeof text === 'string' ? `${text.length} characters` : `${typeof text} as text`
  return (
    `expected status ${expected.status} and a body of ${expected.textLength} characters, ` +
    `got status ${status} and ${length}`
  )
}

function wrongValue(reply: unknown): string {
  if (typeof reply !== 'object' || reply === null || !('value' in reply)) {
    return `expected a value as in the first reply, got ${excerptOf(reply)} without one`
  }
  return `expected the value of the first reply, got ${excerptOf(reply.value)}`
}
