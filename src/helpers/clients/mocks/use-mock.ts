import type { OpenClient, WholeReply } from '../contract.ts'
import type { MockedRequest } from './mocked-request.ts'
import { UnusedMockError } from './unused-mock-error.ts'

/** Enough for what a mock leaves behind on a client's connections to be there. */
const rounds = 20

/**
 * Makes requests that a mock answers, several rounds of as many at once as the client may have connections.
 *
 * @throws {UnusedMockError} when one is not answered as the mock was set up to.
 */
export async function useMock(client: OpenClient<WholeReply>, { connections, answer }: MockedRequest): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const replies = await Promise.all(Array.from({ length: connections }, () => client.send()))
    for (const { status, text } of replies) {
      if (status !== answer.status || text !== answer.text) throw new UnusedMockError(answer.status, status)
    }
  }
}
