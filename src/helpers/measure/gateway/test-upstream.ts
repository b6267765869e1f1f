import type { RequestListener } from 'node:http'

/** For tests: an upstream of a project. */
export const upstream: RequestListener = (_request, response) => {
  response.setHeader('content-type', 'application/json').end('{"id":42}')
}
