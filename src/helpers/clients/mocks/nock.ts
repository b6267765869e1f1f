import type * as Nock from 'nock'
import { axios } from '../axios.ts'
import { type Client, defineClient } from '../contract.ts'
import { fetchClient } from '../fetch.ts'
import { http } from '../http.ts'
import { nodeFetch } from '../node-fetch.ts'
import { openMocked } from './mocked-client.ts'
import { answerHeaders, type MockedRequest, mockedPaths, pathMatcher } from './mocked-request.ts'

/** The control, `node:http`, with nock in front of it. */
export const httpNock = nockAround('httpNock', http)

/** axios over its http adapter with nock in front of it. */
export const axiosNock = nockAround('axiosNock', axios)

/** node-fetch with nock in front of it. */
export const nodeFetchNock = nockAround('nodeFetchNock', nodeFetch)

/** Node's own `fetch` with nock in front of it. */
export const fetchNock = nockAround('fetchNock', fetchClient)

function nockAround(exportName: string, client: Client<never>): Client<typeof Nock> {
  return defineClient(import.meta.url, exportName, {
    name: `${client.name}-nock`,
    league: 'equalised',
    library: 'nock',
    since: '15.0.0',
    unmocked: client.name,
    processWide: true,
    open({ default: nock }: typeof Nock, request) {
      // Importing nock activates it.
      nock.restore()
      return openMocked(client as Client, request, (mocked) => activate(nock, mocked))
    },
  })
}

/** Has nock answer, or let pass, what the client of this request sends. */
function activate(nock: (typeof Nock)['default'], request: MockedRequest): () => void {
  const { origin, method, mock, answer } = request
  const passes = mock.requests === 'passed through'
  nock.activate()
  if (passes) nock.enableNetConnect('127.0.0.1')
  else nock.disableNetConnect()
  const newScope = () => nock(origin, { allowUnmocked: passes }).persist()
  const shared = newScope()
  const headers = answerHeaders(request)
  for (const path of mockedPaths(request)) {
    const scope = mock.scopes === 'each' ? newScope() : shared
    scope.intercept(pathMatcher(path, mock), method).reply(answer.status, answer.text, headers)
  }
  return () => {
    nock.cleanAll()
    nock.enableNetConnect()
    nock.restore()
  }
}
