import { type DifferentialCase, get, json } from './case.ts'
import type { Responder } from './recording-server.ts'

const responseTypes = [undefined, 'json', 'text', 'arraybuffer', 'stream', 'blob', 'formdata', 'document'] as const
const answers: Readonly<Record<string, Responder>> = {
  json: json({ a: [1, 'ü'] }),
  'broken JSON': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":'),
  nothing: (response) => response.writeHead(200).end(),
  'a BOM': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('\ufefftext'),
  bytes: (response) =>
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(Buffer.from([0, 200, 255])),
  chunks: (response) => {
    response.writeHead(200, { 'content-type': 'text/plain' })
    response.write('one, ')
    response.write('two, ')
    response.end('three')
  },
}

const typeCases: readonly DifferentialCase[] = responseTypes.flatMap((responseType) =>
  Object.entries(answers).map(([name, respond]) => ({
    name: `${name} as ${responseType ?? 'what axios takes'}`,
    config: get('/r', responseType === undefined ? {} : { responseType: responseType as 'json' }),
    respond,
  })),
)

const statuses = [200, 201, 202, 204, 205, 206, 300, 304, 400, 401, 404, 418, 429, 500, 503, 599]
const statusCases: readonly DifferentialCase[] = statuses.flatMap((status) => [
  {
    name: `status ${status}`,
    config: get('/s'),
    respond: (response) => response.writeHead(status).end(status === 204 || status === 304 ? undefined : 'body'),
  },
  {
    name: `status ${status} that is accepted`,
    config: get('/s', { validateStatus: () => true }),
    respond: (response) => response.writeHead(status, 'In Words').end(),
  },
])

/** What comes: kinds of data, statuses. */
export const responseCases: readonly DifferentialCase[] = [...typeCases, ...statusCases]
