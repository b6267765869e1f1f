import { axios } from './axios.ts'
import { axiosDefault } from './axios-default.ts'
import { axiosFetch } from './axios-fetch.ts'
import { axiosUndici } from './axios-undici.ts'
import type { Client } from './contract.ts'
import { fetchClient } from './fetch.ts'
import { gatewayBlocking } from './gateway-blocking.ts'
import { gatewayPing } from './gateway-ping.ts'
import { gatewayPool } from './gateway-pool.ts'
import { http } from './http.ts'
import { axiosMsw, fetchMsw, nodeFetchMsw } from './mocks/msw.ts'
import { axiosNock, fetchNock, httpNock, nodeFetchNock } from './mocks/nock.ts'
import { undiciFetchMock, undiciRequestMock } from './mocks/undici.ts'
import { nodeFetch } from './node-fetch.ts'
import { nodeFetchDefault } from './node-fetch-default.ts'
import { undiciDefault } from './undici-default.ts'
import { undiciDispatch } from './undici-dispatch.ts'
import { undiciFetch } from './undici-fetch.ts'
import { undiciPipeline } from './undici-pipeline.ts'
import { undiciRequest } from './undici-request.ts'
import { undiciStream } from './undici-stream.ts'
import { UnknownClientError } from './unknown-client-error.ts'
import { wire } from './wire.ts'

/**
 * Every client, the equalised league first, those with a mock around them last. A client of one library stands here as a
 * client of any: whoever opens it hands it the library that it names.
 */
export const clients: readonly Client[] = [
  wire,
  http,
  undiciDispatch,
  undiciStream,
  undiciRequest,
  undiciPipeline,
  undiciFetch,
  fetchClient,
  axios,
  axiosFetch,
  axiosUndici,
  nodeFetch,
  gatewayPing,
  gatewayBlocking,
  gatewayPool,
  undiciDefault,
  axiosDefault,
  nodeFetchDefault,
  fetchMsw,
  axiosMsw,
  nodeFetchMsw,
  httpNock,
  axiosNock,
  nodeFetchNock,
  fetchNock,
  undiciRequestMock,
  undiciFetchMock,
]

/** @throws UnknownClientError where no client has this name. */
export function clientNamed(name: string): Client {
  const found = clients.find((client) => client.name === name)
  if (found === undefined) {
    const known = clients.map((client) => client.name)
    throw new UnknownClientError(name, known)
  }
  return found
}
