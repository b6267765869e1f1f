import type { Reply } from '../clients/contract.ts'

/** A client's reply is not what the target sent. */
export class WrongReplyError extends Error {
  readonly code = 'WIREGAUGE_WRONG_REPLY'
  override readonly name = 'WrongReplyError'

  constructor(expected: { readonly status: number; readonly textLength: number }, reply: Reply | undefined) {
    const length = typeof reply?.text === 'string' ? `${reply.text.length} characters` : `${typeof reply?.text} as text`
    super(
      `expected status ${expected.status} and a body of ${expected.textLength} characters, ` +
        `got status ${reply?.status} and ${length}`,
    )
  }
}
