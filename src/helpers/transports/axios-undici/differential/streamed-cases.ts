import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { AxiosRequestConfig } from 'axios'
import { type DifferentialCase, get } from './case.ts'
import type { Responder } from './recording-server.ts'

/** Has a call take the streamed way, and changes nothing else. */
const streamed: AxiosRequestConfig = { responseType: 'stream' }

const auth = { username: 'user', password: 'pä:ss' }

/** Answers the first requests with redirects to these places. */
const redirectingTo =
  (...places: readonly string[]): Responder =>
  (response, { index, origin }) => {
    const location = places[index]
      ?.replace('ELSEWHERE', origin.replace('127.0.0.1', 'localhost'))
      .replace('HERE', origin)
    if (location === undefined) response.end('arrived')
    else response.writeHead(302, { location }).end()
  }

/** Of text, with a pause before each chunk, in milliseconds. */
async function* slowly(chunks: number, pauseMs: number): AsyncGenerator<string> {
  for (let chunk = 0; chunk < chunks; chunk++) {
    await wait(pauseMs)
    yield 'chunk'
  }
}

const headerCases: readonly DifferentialCase[] = [
  {
    name: 'cookies as a list, as a stream',
    config: get('/s', { ...streamed, headers: { cookie: ['a=1', 'b=2'] as unknown as string } }),
  },
  {
    name: 'another header as a list, as a stream',
    config: get('/s', { ...streamed, headers: { 'x-many': ['a', 'b'] as unknown as string } }),
  },
  { name: 'credentials, as a stream', config: get('/s', { ...streamed, auth }) },
  {
    name: 'credentials beside a header, as a stream',
    config: get('/s', { ...streamed, auth, headers: { Authorization: 'Bearer x' } }),
  },
]

const redirectCases: readonly DifferentialCase[] = [
  {
    name: 'credentials redirected within an origin, as a stream',
    config: get('/s', { ...streamed, auth }),
    respond: redirectingTo('/1', '/2'),
  },
  {
    name: 'credentials redirected to another host and back, as a stream',
    config: get('/s', { ...streamed, auth }),
    respond: redirectingTo('ELSEWHERE/1', 'HERE/2'),
  },
  {
    name: 'sensitive headers redirected within an origin',
    config: get('/s', { headers: { 'x-own': '1' }, sensitiveHeaders: ['X-Own'] }),
    respond: redirectingTo('/1'),
  },
  {
    name: 'a refused status, as a stream',
    config: get('/s', streamed),
    respond: (response) => response.writeHead(500).end('no'),
  },
]

/** Longer as a whole than its limit of time, and never silent for so long. Its length is known, so that it is not in chunks. */
const slowUpload = (more: AxiosRequestConfig): DifferentialCase['config'] => {
  return (origin) => ({
    url: `${origin}/s`,
    method: 'post',
    data: Readable.from(slowly(5, 100)),
    headers: { 'Content-Length': '25' },
    timeout: 250,
    ...more,
  })
}

const timeCases: readonly DifferentialCase[] = [
  { name: 'a time limit in a slow upload', config: slowUpload({}) },
  { name: 'a time limit in a slow upload without redirects', config: slowUpload({ maxRedirects: 0 }) },
]

const continued: Responder = (_response, { socket }) =>
  socket.end('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok')

const continuedCases: readonly DifferentialCase[] = [
  { name: 'an answer after a leave to go on that nobody asked for', config: get('/s'), respond: continued },
  {
    name: 'an answer after a leave to go on that nobody asked for, as a stream',
    config: get('/s', streamed),
    respond: continued,
  },
]

/** What is sent and read while it comes. */
export const streamedCases: readonly DifferentialCase[] = [
  ...headerCases,
  ...redirectCases,
  ...timeCases,
  ...continuedCases,
]
