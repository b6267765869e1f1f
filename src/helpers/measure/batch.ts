import type { OpenClient, Reply, ValueReply, WholeReply } from '../clients/contract.ts'
import type { ValueSample } from './value-sample.ts'
import { WrongReplyError } from './wrong-reply-error.ts'

/** What every reply of a scenario must have; compared on each request, in full only before timing. */
export type ExpectedReply =
  | WholeReplyShape
  /** Of a client that gives values. */
  | { readonly sample: ValueSample }

interface WholeReplyShape {
  readonly status: number
  /** Length of the body in UTF-16 units, as a string has it. */
  readonly textLength: number
}

/** @throws {WrongReplyError} when the reply has not the expected status and length, or its value is another. */
export function checkReply(reply: Reply, expected: ExpectedReply): void {
  const right =
    'sample' in expected
      ? expected.sample.matches(givenBy(reply as Partial<ValueReply>))
      : isLike(reply as Partial<WholeReply>, expected)
  if (!right) throw new WrongReplyError(expected, reply)
}

// What came is anybody's code, and may be anything.
function isLike(reply: Partial<WholeReply> | undefined, { status, textLength }: WholeReplyShape): boolean {
  return reply?.status === status && reply.text?.length === textLength
}

function givenBy(reply: Partial<ValueReply> | undefined): unknown {
  return reply?.value
}

/**
 * Makes `requests` requests over `inFlight` lanes and resolves when the last has been answered; nothing is in flight
 * before or after. Callbacks instead of an async function a lane, because the harness's own cost is part of every
 * figure.
 *
 * @param progress Beats with every reply, because a long batch is no hang. Default: nobody looks.
 *
 * Rejects with the first failure of the client, or with {@link WrongReplyError}.
 */
export function runBatch(
  client: OpenClient,
  inFlight: number,
  requests: number,
  expected: ExpectedReply,
  progress?: { beats: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let unsent = requests - inFlight
    let unanswered = requests
    const answered = (reply: Reply): void => {
      try {
        checkReply(reply, expected)
        if (progress !== undefined) progress.beats++
        unanswered--
        if (unsent > 0) {
          unsent--
          client.send().then(answered, reject)
        } else if (unanswered === 0) resolve()
      } catch (error) {
        reject(error)
      }
    }
    for (let lane = 0; lane < inFlight; lane++) client.send().then(answered, reject)
  })
}
