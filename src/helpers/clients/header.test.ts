import { AxiosHeaders } from 'axios'
import { describe, expect, test } from 'vitest'
import { headerOf } from './header.ts'
import { WireHeaders } from './wire-response.ts'

const shapes: readonly (readonly [string, unknown])[] = [
  ['Headers', new Headers({ 'Content-Type': 'text/plain', 'X-Count': '2' })],
  ['a record with names in lower case', { 'content-type': 'text/plain', 'x-count': '2' }],
  ['a record with names in another case', { 'Content-Type': 'text/plain', 'X-COUNT': '2' }],
  ['a record of lists', { 'content-type': ['text/plain'], 'x-count': ['2'] }],
  ["axios's headers", new AxiosHeaders({ 'content-type': 'text/plain', 'x-count': '2' })],
  ['a flat list of strings', ['Content-Type', 'text/plain', 'X-Count', '2']],
  ['a flat list of buffers', ['Content-Type', 'text/plain', 'X-Count', '2'].map((text) => Buffer.from(text))],
  [
    'a list of pairs',
    [
      ['Content-Type', 'text/plain'],
      ['X-Count', '2'],
    ],
  ],
  ['the headers of wire', new WireHeaders('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Count:2 ')],
]

describe.each(shapes)('a header out of %s', (_shape, headers) => {
  test('is found by its name in any case', () => {
    expect(headerOf(headers, 'content-type')).toBe('text/plain')
    expect(headerOf(headers, 'Content-Type')).toBe('text/plain')
    expect(headerOf(headers, 'x-count')).toBe('2')
  })

  test('is absent where there is none, and a value is not taken for a name', () => {
    expect(headerOf(headers, 'x-missing')).toBeUndefined()
    expect(headerOf(headers, '2')).toBeUndefined()
  })
})

test('a header that came twice is joined', () => {
  expect(headerOf({ 'set-cookie': ['a=1', 'b=2'] }, 'Set-Cookie')).toBe('a=1, b=2')
  expect(headerOf(['via', 'one', 'Via', 'two'], 'via')).toBe('one, two')
  expect(headerOf(['via', ['one', 'two']], 'via')).toBe('one, two')
  expect(headerOf(new AxiosHeaders({ 'set-cookie': ['a=1', 'b=2'] }), 'set-cookie')).toBe('a=1, b=2')
})

test.each([undefined, null, 'content-type: text/plain', 1])('there is no header in %j', (headers) => {
  expect(headerOf(headers, 'content-type')).toBeUndefined()
})

test('an empty header is there', () => {
  expect(headerOf({ 'x-empty': '' }, 'x-empty')).toBe('')
})
