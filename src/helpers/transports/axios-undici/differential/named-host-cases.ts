import { type DifferentialCase, get } from './case.ts'
import type { Responder } from './recording-server.ts'

const confidential = { Host: 'localhost', Cookie: 'c=1', Authorization: 'Bearer t', 'X-Own': '1' }

/** A first answer that leads elsewhere. */
const redirectedTo =
  (place: (origin: string) => string): Responder =>
  (response, { index, origin }) => {
    if (index > 0) response.end('arrived')
    else response.writeHead(302, { location: place(origin) }).end()
  }

const named = (origin: string): string => origin.replace('127.0.0.1', 'localhost')

/** The name that is given to the server is not the one that the address has, and the server leads elsewhere. */
export const namedHostCases: readonly DifferentialCase[] = [
  {
    name: 'a host by another name, redirected to that name with a port',
    config: get('/x', { headers: confidential }),
    respond: redirectedTo((origin) => `${named(origin)}/x`),
  },
  {
    name: 'a host by another name and port, redirected to both',
    config: (origin) => ({ url: `${origin}/x`, headers: { ...confidential, Host: new URL(named(origin)).host } }),
    respond: redirectedTo((origin) => `${named(origin)}/x`),
  },
  {
    name: 'a host by another name and port, redirected to a path',
    config: (origin) => ({ url: `${origin}/x`, headers: { ...confidential, Host: new URL(named(origin)).host } }),
    respond: redirectedTo(() => '/y'),
  },
  {
    name: 'a host by another name, redirected to a path there, where nobody listens',
    config: get('/x', { headers: { ...confidential, Host: '127.0.0.1:1' } }),
    respond: redirectedTo(() => '/y'),
  },
  {
    name: 'a host by another name without redirects',
    config: get('/x', { headers: confidential, maxRedirects: 0 }),
    respond: redirectedTo((origin) => `${named(origin)}/x`),
  },
  {
    name: 'a redirect to a subdomain with confidential headers',
    config: (origin) => ({
      url: `${named(origin)}/x`,
      headers: { Cookie: 'c=1', Authorization: 'Bearer t', 'Proxy-Authorization': 'Basic dTpw', 'X-Own': '1' },
    }),
    respond: redirectedTo((origin) => `${named(origin).replace('localhost', 'sub.localhost')}/x`),
  },
  {
    name: 'a redirect to a host that only ends in the same letters',
    config: (origin) => ({
      url: `${named(origin)}/x`,
      headers: { Cookie: 'c=1', Authorization: 'Bearer t', 'Proxy-Authorization': 'Basic dTpw', 'X-Own': '1' },
    }),
    respond: redirectedTo((origin) => `${origin}/x`),
  },
  {
    name: 'a redirect to a relative place with a fragment',
    config: get('/a/x'),
    respond: redirectedTo(() => 'b?x=1#frag'),
  },
  {
    name: 'redirects without a number',
    config: get('/x', { maxRedirects: null as unknown as number }),
    respond: redirectedTo(() => '/y'),
  },
]
