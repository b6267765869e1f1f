import { UsageError } from '../budgets/usage-error.ts'
import type { ClientRequest, OpenClient, Reply } from '../clients/contract.ts'
import type { ExpectedAnswer } from '../targets/answers.ts'
import type { Arm } from './arm.ts'
import type { ExpectedReply } from './batch.ts'
import { likeFirst, type ValueIn, wrongReply } from './first-reply.ts'
import { InvalidWorkError } from './invalid-work-error.ts'

/** What may differ from the request that an arm was opened with: nothing by which its bytes or its answer would be others. */
export type RequestChanges = Partial<Pick<ClientRequest, 'connections' | 'mock'>>

/** An arm whose client can be given up for a new one. */
export interface ReopenableArm extends Arm {
  /** The one that sends now. */
  client: OpenClient
  /** What each of its requests is answered with. */
  readonly answer: ExpectedAnswer
  /** What of that answer the client gives as its value, where it gives one. Default: all of it. */
  readonly valueIn?: ValueIn
  /** Follows from the first reply of the present client. */
  expected: ExpectedReply
  /** Makes another client out of the arm's library, for its request and at its port. */
  open(changes: RequestChanges): OpenClient | Promise<OpenClient>
}

/**
 * Closes an arm's client and opens a new one at the same port, which makes one request whose answer is checked in full.
 * Nothing may be in flight. What was compiled and loaded for the client before is as warm as it was.
 *
 * @param changes From the request that the arm was opened with, and not from that of the client before. Default: none.
 * @throws {InvalidWorkError} when the answer is wrong.
 */
export async function reopen(arm: ReopenableArm, changes: RequestChanges = {}): Promise<void> {
  await arm.client.close()
  await openAnew(arm, changes)
}

/**
 * The second half of {@link reopen}: opens a new client in the place of one that was closed.
 *
 * @throws {InvalidWorkError} when the answer is wrong.
 */
export async function openAnew(arm: ReopenableArm, changes: RequestChanges = {}): Promise<void> {
  arm.client = await arm.open(changes)
  await requireFirstAnswer(arm)
}

/**
 * Makes the first request of an arm's client and checks its answer in full.
 *
 * @throws {InvalidWorkError} when the answer is wrong.
 * @throws {UsageError} when `send` gives no promise.
 */
export async function requireFirstAnswer(arm: ReopenableArm): Promise<void> {
  arm.asked++
  const sent: unknown = arm.client.send()
  // Batches call `then`, so that what is no promise would fail there, and in words that help nobody.
  if (!isThenable(sent)) throw new UsageError(`${arm.name}: \`send\` gave no promise; expected one of its reply`)
  const reply = await sent
  const wrong = wrongReply(reply, arm.answer, arm.valueIn)
  if (wrong !== undefined) throw new InvalidWorkError(`${arm.name}: the first answer is wrong: ${wrong}`)
  arm.expected = likeFirst(reply, arm.answer)
}

function isThenable(sent: unknown): sent is PromiseLike<Reply> {
  return typeof sent === 'object' && sent !== null && 'then' in sent && typeof sent.then === 'function'
}
