import { describe, expect, test } from 'vitest'
import type { WholeReply } from './contract.ts'
import { headerOf } from './header.ts'
import { WireProtocolError } from './wire-protocol-error.ts'
import { ResponseReader } from './wire-response.ts'

const counted = 'HTTP/1.1 200 OK\r\nContent-Length: 8\r\nX-Name: a\r\n\r\nZoë ☕'
const chunked =
  'HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n5;x=y\r\nZoë \r\n3\r\n☕\r\n0\r\nx-sum: 1\r\n\r\n'
const empty = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'
const noContent = 'HTTP/1.1 204 No Content\r\n\r\n'
const continued = `HTTP/1.1 100 Continue\r\n\r\n${counted}`

/** Feeds the bytes of a text in pieces of one size; returns the replies. */
function readInPieces(reader: ResponseReader, text: string, size: number): WholeReply[] {
  const bytes = Buffer.from(text)
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  )
  return pieces.flatMap((piece) => reader.read(piece) ?? [])
}

describe.each([1, 2, 3, 5, 7, 11, 1000])('in packets of %i bytes', (size) => {
  test.each([
    ['a counted response', counted, 200, 'Zoë ☕'],
    ['a chunked response with an extension and a trailer', chunked, 201, 'Zoë ☕'],
    ['an empty response', empty, 200, ''],
    ['a response that has no body by its status', noContent, 204, ''],
    ['a response after an interim one', continued, 200, 'Zoë ☕'],
  ])('%s is read whole, and so is the next one', (_name, text, status, body) => {
    const reader = new ResponseReader('GET')
    for (let round = 0; round < 2; round++) {
      expect(readInPieces(reader, text, size)).toMatchObject([{ status, text: body }])
      expect(reader.keepsAlive).toBe(true)
    }
  })
})

test('headers are those of the response', () => {
  const reply = new ResponseReader('GET').read(Buffer.from(counted))
  expect(headerOf(reply?.headers, 'x-name')).toBe('a')
})

test('the answer to HEAD has no body, whatever length it gives', () => {
  const reader = new ResponseReader('HEAD')
  expect(reader.read(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n'))).toMatchObject({ text: '' })
})

test('a body without length ends with the connection', () => {
  const reader = new ResponseReader('GET')
  expect(reader.read(Buffer.from('HTTP/1.0 200 OK\r\n\r\nall '))).toBeUndefined()
  expect(reader.read(Buffer.from('of it'))).toBeUndefined()
  expect(reader.end()).toMatchObject({ status: 200, text: 'all of it' })
})

test('the end of the connection does not complete a counted body', () => {
  const reader = new ResponseReader('GET')
  reader.read(Buffer.from(counted).subarray(0, -1))
  expect(reader.end()).toBeUndefined()
})

test('a connection that the server closes carries no other request', () => {
  const reader = new ResponseReader('GET')
  reader.read(Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\ncontent-length: 0\r\n\r\n'))
  expect(reader.keepsAlive).toBe(false)
})

test.each([
  ['SSH-2.0-OpenSSH\r\n\r\n', 'the client wire could not read the response: it does not begin with HTTP/1.'],
  [
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n',
    'the client wire could not read the response: "xyz" is not the size of a chunk',
  ],
  [`${counted}more`, 'the client wire could not read the response: 4 bytes follow its end'],
])('%j is an error', (text, message) => {
  const read = () => new ResponseReader('GET').read(Buffer.from(text))
  expect(read).toThrow(WireProtocolError)
  expect(read).toThrow(message)
})
