import axios, { type AxiosError, type InternalAxiosRequestConfig } from 'axios'
import { Agent, errors } from 'undici'
import { expect, test } from 'vitest'
import { undiciAdapter } from './adapter.ts'
import { RecordingServer } from './differential/recording-server.ts'
import { aborted, asNodeGives, hangUp, isCutShort } from './failures.ts'

test.each([
  [new errors.SocketError('other side closed'), 'ECONNRESET', 'socket hang up'],
  [new errors.HeadersOverflowError('Headers Overflow Error'), 'HPE_HEADER_OVERFLOW', 'Parse Error: Header overflow'],
  [new errors.ConnectTimeoutError('Connect Timeout Error'), 'ETIMEDOUT', 'Connect Timeout Error'],
  [
    Object.assign(new errors.HTTPParserError('Response does not match the HTTP/1.1 protocol (Invalid status code)'), {
      code: undefined,
    }),
    'HPE_INVALID_STATUS',
    'Parse Error: Invalid status code',
  ],
])('%s is told as Node’s client tells it, with what undici said as its cause', (error, code, message) => {
  const given = asNodeGives(error)
  expect(given).toMatchObject({ name: 'Error', code, message, cause: error })
})

test('what Node’s client says itself stays as it is', () => {
  const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  expect(asNodeGives(error)).toBe(error)
})

test('a connection that is lost has what it was lost by as its cause', () => {
  const cause = new Error('why')
  expect(hangUp(cause)).toMatchObject({ code: 'ECONNRESET', cause })
  expect(aborted(cause)).toMatchObject({ code: 'ECONNRESET', cause })
})

test('only the end of a response before its time is one that is cut short', () => {
  expect(isCutShort(new errors.SocketError('other side closed'))).toBe(true)
  expect(isCutShort(new errors.ResponseContentLengthMismatchError('short'))).toBe(true)
  expect(isCutShort(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBe(false)
})

/** What a call of the adapter fails with. */
async function failureOf(config: Partial<InternalAxiosRequestConfig>): Promise<AxiosError> {
  const failed: unknown = await axios.request(config).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(axios.AxiosError)
  return failed as AxiosError
}

test('an error of the adapter has its cause, and the causes of that, down to undici’s own', async () => {
  await using server = await new RecordingServer().listen()
  const adapter = undiciAdapter()
  server.reset((_response, { socket }) => socket.end('HTTP/1.1 2x OK\r\n\r\n'))
  const refused = await failureOf({ url: server.origin, adapter })
  expect(refused).toMatchObject({ code: 'HPE_INVALID_STATUS', cause: { code: 'HPE_INVALID_STATUS' } })
  expect(refused.cause?.cause).toMatchObject({ name: 'HTTPParserError' })
  const unreachable = await failureOf({ url: 'http://127.0.0.1:1/', adapter })
  expect(unreachable).toMatchObject({ code: 'ECONNREFUSED', cause: { code: 'ECONNREFUSED' } })
  await adapter.close()
})

test('a given dispatcher that connects too slowly fails as a connection of Node’s does', async () => {
  const dispatcher = new Agent({
    connect: (_options, done) => done(new errors.ConnectTimeoutError('Connect Timeout Error'), null),
  })
  const failed = await failureOf({ url: 'http://nowhere.test/', adapter: undiciAdapter({ dispatcher }) })
  expect(failed).toMatchObject({ code: 'ETIMEDOUT', cause: { code: 'ETIMEDOUT' } })
  await dispatcher.close()
})
