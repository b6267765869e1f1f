import { describe, expect, test } from 'vitest'
import { type Hop, isRedirect, nextHop } from './redirect.ts'

const from = (changes: Partial<Hop> = {}): Hop => ({
  url: new URL('https://api.test/from'),
  path: '/from',
  method: 'POST',
  headers: { 'Content-Type': 'text/plain', Authorization: 'Bearer t', Cookie: 'c=1', 'X-Own': '1' },
  body: Buffer.from('body'),
  ...changes,
})

test('a status of the class with a place is a redirect, and nothing else is', () => {
  expect(isRedirect(302, { location: '/' })).toBe(true)
  expect(isRedirect(399, { location: '/' })).toBe(true)
  expect(isRedirect(302, {})).toBe(false)
  expect(isRedirect(200, { location: '/' })).toBe(false)
})

test.each([
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'PUT', 'GET'],
  [303, 'HEAD', 'HEAD'],
  [307, 'POST', 'POST'],
  [308, 'PUT', 'PUT'],
  [301, 'PUT', 'PUT'],
])('at %d %s becomes %s', (status, method, next) => {
  const { method: found, body, headers } = nextHop(from({ method }), status, '/to')
  expect(found).toBe(next)
  if (next === method) return
  expect(body).toBeUndefined()
  expect(headers).not.toHaveProperty('Content-Type')
})

describe('confidential headers', () => {
  const kept = (location: string, changes: Partial<Hop> = {}) =>
    Object.keys(nextHop(from(changes), 307, location).headers)

  test('stay with the same origin', () => {
    expect(kept('/to')).toEqual(['Content-Type', 'Authorization', 'Cookie', 'X-Own'])
  })

  test.each(['http://api.test/', 'https://other.test/', 'https://api.test:8443/'])(
    'are not shown to %s',
    (location) => {
      expect(kept(location)).toEqual(['Content-Type', 'X-Own'])
    },
  )

  test('are those of the address, and of the host that was named to its server only where the place has none', () => {
    const headers = { Host: 'other.test', Authorization: 'Bearer t', Cookie: 'c=1', 'X-Own': '1' }
    expect(kept('https://other.test/', { headers })).toEqual(['X-Own'])
    expect(kept('/to', { headers })).toEqual(['Authorization', 'Cookie', 'X-Own'])
    expect(nextHop(from({ headers }), 307, '/to').url.href).toBe('https://other.test/to')
  })

  test('stay with a subdomain where axios keeps them, and not with a host that only ends alike', () => {
    const headers = { 'Proxy-Authorization': 'Basic x' }
    expect(kept('https://sub.api.test/', { headers })).toEqual(['Proxy-Authorization'])
    expect(kept('https://badapi.test/', { headers })).toEqual([])
    expect(kept('http://sub.api.test/', { headers })).toEqual([])
  })
})

test('what auth gave comes back with its origin', () => {
  const credentials = { origin: 'https://api.test', userAndPassword: 'u:p' }
  const elsewhere = nextHop(from({ credentials }), 307, 'https://other.test/')
  expect(elsewhere.headers).not.toHaveProperty('Authorization')
  expect(nextHop(elsewhere, 307, 'https://api.test/').headers).toMatchObject({ Authorization: 'Basic dTpw' })
})

test('what auth gave stays with its origin, whatever host was named to the server there', () => {
  const credentials = { origin: 'https://api.test', userAndPassword: 'u:p' }
  const headers = { Host: 'other.test', Authorization: 'Basic dTpw', 'X-Own': '1' }
  const next = nextHop(from({ credentials, headers }), 307, '/to')
  expect(next.url.origin).toBe('https://other.test')
  expect(next.headers).toEqual({ 'X-Own': '1' })
})

test('a place that is not of HTTP, or no place at all, is an error', () => {
  expect(() => nextHop(from(), 302, 'ftp://api.test/')).toThrow(new TypeError('Unsupported protocol ftp:'))
  expect(() => nextHop(from(), 302, 'http://')).toThrow('Invalid URL')
})
