import type * as Msw from 'msw'
import type * as MswNode from 'msw/node'
import { axios } from '../axios.ts'
import { type Client, defineClient } from '../contract.ts'
import { fetchClient } from '../fetch.ts'
import { nodeFetch } from '../node-fetch.ts'
import { openMocked } from './mocked-client.ts'
import { answerHeaders, type MockedRequest, mockedPaths, pathMatcher } from './mocked-request.ts'

type Library = typeof Msw & typeof MswNode

/** Node's own `fetch` with msw in front of it. */
export const fetchMsw = mswAround('fetchMsw', fetchClient)

/** axios over its http adapter with msw in front of it. */
export const axiosMsw = mswAround('axiosMsw', axios)

/** node-fetch with msw in front of it. */
export const nodeFetchMsw = mswAround('nodeFetchMsw', nodeFetch)

function mswAround(exportName: string, client: Client<never>): Client<Library> {
  return defineClient(import.meta.url, exportName, {
    name: `${client.name}-msw`,
    league: 'equalised',
    library: 'msw',
    entryPoints: ['msw/node'],
    since: '3.0.0',
    unmocked: client.name,
    processWide: true,
    open: (library: Library, request) => openMocked(client as Client, request, (mocked) => listen(library, mocked)),
  })
}

/** Has msw answer, or let pass, what the client of this request sends. */
function listen({ setupServer, http, HttpResponse }: Library, request: MockedRequest): () => void {
  const { origin, method, mock, answer } = request
  const headers = answerHeaders(request)
  const init = { status: answer.status, headers }
  const handle = http[method.toLowerCase() as Lowercase<typeof method>]
  const respond = () => (answer.text === '' ? new HttpResponse(null, init) : HttpResponse.text(answer.text, init))
  // msw matches the path alone, and warns of handlers that name a query.
  const paths = mockedPaths(request).map((path) => path.replace(/\?.*$/, ''))
  const server = setupServer(...paths.map((path) => handle(pathMatcher(origin + path, mock), respond)))
  // Named `onUnhandledRequest` before msw 3.
  server.listen({ onUnhandledFrame: 'bypass' })
  return () => server.close()
}
