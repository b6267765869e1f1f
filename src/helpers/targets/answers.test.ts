import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { encodeAnswer } from './answer-encoding.ts'
import { answerTo, expectedAnswer, smallJson, textOfBytes } from './answers.ts'
import { bytesOfText, chunkedFraming } from './bodies.ts'

const ask = (path: string, method = 'GET', body = '') =>
  answerTo({ method, path, contentType: undefined, body: Buffer.from(body) })

/** The whole answer as text. */
function wire(path: string, { method = 'GET', minorVersion = 1 as 0 | 1, keepAlive = true } = {}): string {
  const parts = encodeAnswer(ask(path, method), { headOnly: method === 'HEAD', minorVersion, keepAlive })
  return Buffer.concat(parts).toString('latin1')
}

describe('bodies', () => {
  test('the small JSON has about 150 bytes', () => {
    expect(smallJson.length).toBeGreaterThan(140)
    expect(smallJson.length).toBeLessThan(180)
    expect(JSON.parse(smallJson)).toMatchObject({ name: 'wiregauge' })
  })

  test('a text has as many bytes as asked for, printable and the same each time', () => {
    for (const length of [0, 1, 61, 62, 1000]) {
      expect(textOfBytes(length)).toMatch(new RegExp(`^[ -~]{${length}}$`))
      expect(bytesOfText(length).toString()).toBe(textOfBytes(length))
    }
    expect(bytesOfText(1000)).toBe(bytesOfText(1000))
  })

  test('texts stay right when more of them were made than are kept', () => {
    const lengths = [20_000_000, 10_000_000, 15_000_000, 40_000_000, 20_000_000]
    expect(lengths.map((length) => bytesOfText(length).length)).toEqual(lengths)
  })

  test('chunked framing has several chunks and the closing one', () => {
    expect(chunkedFraming(Buffer.from('0123456789')).toString()).toBe(
      '3\r\n012\r\n3\r\n345\r\n3\r\n678\r\n1\r\n9\r\n0\r\n\r\n',
    )
    expect(chunkedFraming(Buffer.alloc(0)).toString()).toBe('0\r\n\r\n')
  })
})

test('a compressed answer is JSON of the length asked for, a fraction of it on the wire, and told as text', () => {
  const question = { method: 'GET', path: '/gzip/100000', contentType: undefined, body: Buffer.alloc(0) }
  const { body, headers, text = '' } = answerTo(question)
  expect(headers).toContainEqual(['content-encoding', 'gzip'])
  expect(gunzipSync(body ?? '').toString()).toBe(text)
  expect(text).toHaveLength(100_000)
  expect(() => JSON.parse(text)).not.toThrow()
  expect(body?.length).toBeLessThan(25_000)
  expect(expectedAnswer({ method: 'GET', path: question.path, headers: {} }).text).toBe(text)
  expect(answerTo({ ...question, path: '/gzip/2000000' }).status).toBe(404)
})

describe('paths', () => {
  test('queries are left out of account', () => {
    expect(ask('/json?a=1')).toEqual(ask('/json'))
    expect(ask('/bytes/3?a=1')).toEqual(ask('/bytes/3'))
  })

  test.each([
    '/nothing',
    '/json/',
    '/bytes/',
    '/bytes/-1',
    '/bytes/67108865',
    '/status/199',
    '/status/600',
    '/redirect/200',
    '/redirect/302?to=http://example.com/',
    '/redirect/302?to=//example.com/',
    '/delay/60001',
    '/delay/1/delay/1',
    '/delayed',
  ])('%s is not found', (path) => {
    expect(ask(path).status).toBe(404)
  })

  test('a delay goes before the small JSON or before another answer', () => {
    expect(ask('/delay/5')).toEqual({ ...ask('/json'), delayMs: 5 })
    expect(ask('/delay/5?a=1')).toEqual({ ...ask('/json'), delayMs: 5 })
    expect(ask('/delay/5/status/404')).toEqual({ ...ask('/status/404'), delayMs: 5 })
    expect(ask('/delay/60000').delayMs).toBe(60_000)
  })

  test('other methods are not allowed, whatever the path', () => {
    expect(wire('/json', { method: 'DELETE' })).toBe(
      'HTTP/1.1 405 Method Not Allowed\r\nallow: GET, HEAD, POST, PUT\r\ncontent-length: 14\r\n\r\n{"status":405}',
    )
  })

  test('a redirect leads to a path of the same origin and lets no line break through', () => {
    expect(wire('/redirect')).toBe('HTTP/1.1 302 Found\r\nlocation: /json\r\ncontent-length: 0\r\n\r\n')
    expect(ask('/redirect/307?to=/bytes/3%3Fa=1%26b').headers).toEqual([['location', '/bytes/3?a=1&b']])
    expect(ask('/redirect/301?to=/a%0D%0AX:%201').headers).toEqual([['location', '/aX:%201']])
  })
})

describe('the encoding', () => {
  test('HEAD has the headers of GET and no body', () => {
    for (const path of ['/json', '/bytes/70000', '/chunked/10', '/status/204', '/nothing']) {
      const whole = wire(path)
      expect(wire(path, { method: 'HEAD' })).toBe(whole.slice(0, whole.indexOf('\r\n\r\n') + 4))
    }
  })

  test('204 and 304 have neither body nor length, 205 has the length 0', () => {
    expect(wire('/status/204')).toBe('HTTP/1.1 204 No Content\r\n\r\n')
    expect(wire('/status/304')).toBe('HTTP/1.1 304 Not Modified\r\n\r\n')
    expect(wire('/status/205')).toBe('HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n')
  })

  test('HTTP/1.0 gets counted bodies and is told when the connection stays', () => {
    const counted = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 3\r\n'
    expect(wire('/chunked/3', { minorVersion: 0 })).toBe(`${counted}connection: keep-alive\r\n\r\nABC`)
    expect(wire('/chunked/3', { minorVersion: 0, keepAlive: false })).toBe(`${counted}connection: close\r\n\r\nABC`)
  })

  test('the body of a large answer is shared, not copied', () => {
    const parts = encodeAnswer(ask('/bytes/1000000'), { headOnly: false, minorVersion: 1, keepAlive: true })
    expect(parts[1]).toBe(bytesOfText(1_000_000))
  })
})

test('what a client has to get is told in advance', () => {
  const headers = { 'content-type': 'text/x' }
  expect(expectedAnswer({ method: 'POST', path: '/echo', headers, body: 'ä' })).toEqual({
    status: 200,
    contentType: 'text/x',
    text: 'ä',
  })
  expect(expectedAnswer({ method: 'HEAD', path: '/chunked/9', headers })).toEqual({
    status: 200,
    contentType: 'text/plain',
    text: '',
  })
  expect(expectedAnswer({ method: 'GET', path: '/status/204', headers })).toEqual({
    status: 204,
    contentType: undefined,
    text: '',
  })
})
