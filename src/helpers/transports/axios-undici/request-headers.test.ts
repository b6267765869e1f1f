import axios, { AxiosHeaders } from 'axios'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizedLines, readyLines } from './request-headers.ts'
import { UnsupportedOption } from './unsupported-option.ts'

const added = { userAgent: 'axios/1', contentLength: undefined, acceptEncoding: 'gzip' }

const names = fc.oneof(
  fc.constantFrom('X-Own', 'x-own', 'User-Agent', 'user-agent', 'Accept-Encoding', 'Content-Length', 'Host', 'Cookie'),
  fc.constantFrom('constructor', 'set', 'x bad', ' x-own', 'Expect', ''),
  fc.stringMatching(/^[a-zA-Z0-9-]{1,4}$/),
)
const values = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, false, true, 4, '', ' a ', 'a\nb', 'ü', '漢', ['a', 'b']),
  fc.string({ maxLength: 6 }),
)

/** What a call gives, or the words of what it throws. */
function outcome<Value>(call: () => Value): Value | string {
  try {
    return call()
  } catch (error) {
    return String(error)
  }
}

test('what needs nothing done gives the lines that the longer way gives, in the same order', () => {
  const wasReady: boolean[] = []
  const headersAndLength = fc.tuple(
    fc.array(fc.tuple(names, values), { maxLength: 6 }),
    fc.option(fc.nat(9_999), { nil: undefined }),
  )
  fc.assert(
    fc.property(headersAndLength, ([entries, contentLength]) => {
      const [one, other] = [new AxiosHeaders(), new AxiosHeaders()]
      // As interceptors write them, past what `set` does to them.
      for (const headers of [one, other]) for (const [name, value] of entries) headers[name] = value
      const before = JSON.stringify(one)
      const ready = readyLines(one, { ...added, contentLength })
      wasReady.push(ready !== undefined)
      if (ready === undefined) {
        expect(JSON.stringify(one)).toBe(before)
        return
      }
      const lines = outcome(() => normalizedLines(other, { ...added, contentLength }, false))
      expect(Object.entries(ready)).toEqual(Object.entries(lines))
      expect(Object.entries(one)).toEqual(Object.entries(other))
    }),
    { numRuns: 2_000, seed: 20_261_123 },
  )
  // Neither way may go untried.
  expect(wasReady.filter(Boolean).length).toBeGreaterThan(100)
  expect(wasReady.filter((each) => !each).length).toBeGreaterThan(100)
})

test('what axios itself makes of a request needs nothing done', () => {
  const headers = new AxiosHeaders({ ...axios.defaults.headers.common, 'X-Own': 'a' })
  expect(readyLines(headers, { ...added, contentLength: 4 })).toEqual({
    Accept: 'application/json, text/plain, */*',
    'X-Own': 'a',
    'User-Agent': 'axios/1',
    'Content-Length': '4',
    'Accept-Encoding': 'gzip',
  })
})

test('credentials take the place of an authorization among the headers', () => {
  const lines = normalizedLines(new AxiosHeaders({ Authorization: 'Bearer t', 'X-Own': '1' }), added, true)
  expect(Object.keys(lines)).toEqual(['X-Own', 'User-Agent', 'Accept-Encoding'])
})

test('a header that undici refuses is named by the longer way', () => {
  const headers = new AxiosHeaders({ Expect: '100-continue' })
  expect(readyLines(headers, added)).toBeUndefined()
  expect(() => normalizedLines(headers, added, false)).toThrow(UnsupportedOption)
})

test('a length that is not that of the body is refused by name, and not corrected in silence', () => {
  const lines = (value: string, contentLength?: number) =>
    normalizedLines(new AxiosHeaders({ 'content-length': value }), { ...added, contentLength }, false)
  expect(lines('4', 4)).toMatchObject({ 'content-length': '4' })
  expect(lines('0')).toMatchObject({ 'content-length': '0' })
  expect(() => lines('5', 4)).toThrow('this value of the header content-length: the body has 4 bytes')
  expect(() => lines('4')).toThrow(UnsupportedOption)
})

test('cookies are one line, and other values a line each', () => {
  const headers = new AxiosHeaders({
    Cookie: ['a=1', 'b=2'] as unknown as string,
    'X-Own': ['1', '2'] as unknown as string,
  })
  expect(normalizedLines(headers, added, false)).toMatchObject({ Cookie: 'a=1; b=2', 'X-Own': ['1', '2'] })
})
