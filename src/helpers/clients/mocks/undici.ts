import type * as Undici from 'undici'
import { type Client, defineClient, type OpenClient, type WholeReply } from '../contract.ts'
import { undiciFetch } from '../undici-fetch.ts'
import { undiciRequest } from '../undici-request.ts'
import { answerHeaders, isMocked, type MockedRequest, mockedPaths, pathMatcher } from './mocked-request.ts'
import { useMock } from './use-mock.ts'

/** undici's `request` on a mocked pool. */
export const undiciRequestMock = mockAround('undiciRequestMock', undiciRequest)

/** The `fetch` of the undici package on a mock agent. */
export const undiciFetchMock = mockAround('undiciFetchMock', undiciFetch)

function mockAround(exportName: string, client: Client<typeof Undici>): Client<typeof Undici> {
  return defineClient(import.meta.url, exportName, {
    name: `${client.name}-mock`,
    league: 'equalised',
    library: 'undici',
    since: '6.0.0',
    unmocked: client.name,
    processWide: true,
    async open(library: typeof Undici, request): Promise<OpenClient> {
      if (!isMocked(request)) return client.open(library, request)
      const mocked = await client.open(withMocks(library, request), request)
      if (!request.mock.restored) return mocked
      try {
        await useMock(mocked as OpenClient<WholeReply>, request)
      } finally {
        await mocked.close()
      }
      return client.open(library, request)
    },
  })
}

/**
 * undici with mocks in the place of the dispatchers that the adapters make, so that everything else about a mocked client
 * is as without a mock.
 */
function withMocks(library: typeof Undici, request: MockedRequest): typeof Undici {
  const passes = request.mock.requests === 'passed through'
  class Agent extends library.MockAgent {
    constructor(options: Undici.Agent.Options) {
      super(options)
      if (!passes) this.disableNetConnect()
      intercept(this.get(request.origin), request)
    }

    // The one of its base class is not implemented.
    override destroy(): Promise<void> {
      return this.close()
    }
  }
  class Pool extends library.MockPool {
    constructor(origin: string, options: Undici.Pool.Options) {
      const agent = new library.MockAgent()
      if (!passes) agent.disableNetConnect()
      super(origin, { ...options, agent })
      intercept(this, request)
    }
  }
  return { ...library, Agent, Pool } as unknown as typeof Undici
}

function intercept(pool: Undici.MockPool | Undici.MockClient, request: MockedRequest): void {
  const { method, mock, answer } = request
  const headers = answerHeaders(request)
  for (const path of mockedPaths(request)) {
    pool
      .intercept({ path: pathMatcher(path, mock), method })
      .reply(answer.status, answer.text, { headers })
      .persist()
  }
}
