import type { Client, ClientRequest, OpenClient, WholeReply } from '../contract.ts'
import { isMocked, type MockedRequest } from './mocked-request.ts'
import { useMock } from './use-mock.ts'

/** Takes a mock away, so that everything is as it was before. */
type TakeAway = () => void

/**
 * Opens a client of the project with a mock around it that patches what the whole process shares. The client sends as it
 * does without one. A mock that is to be restored is used by the client that is measured later: whoever keeps an agent or
 * an instance of axios for all tests goes on with it after the mock is gone.
 *
 * @param setUp Patches and registers; called before the client is made.
 */
export async function openMocked(
  client: Client,
  request: ClientRequest,
  setUp: (request: MockedRequest) => TakeAway,
): Promise<OpenClient> {
  const library: unknown = client.library === undefined ? undefined : await import(client.library)
  if (!isMocked(request)) return client.open(library, request)
  const takeAway = setUp(request)
  try {
    const opened = await client.open(library, request)
    if (!request.mock.restored) return { send: opened.send, close: () => closeAll(opened, takeAway) }
    await useMock(opened as OpenClient<WholeReply>, request)
    takeAway()
    return opened
  } catch (error) {
    takeAway()
    throw error
  }
}

async function closeAll(opened: OpenClient, takeAway: TakeAway): Promise<void> {
  await opened.close()
  takeAway()
}
