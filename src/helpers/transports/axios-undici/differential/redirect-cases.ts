import { Readable } from 'node:stream'
import { type DifferentialCase, get } from './case.ts'
import type { Responder } from './recording-server.ts'

/** Answers the first requests with redirects to these places, and then says what came. */
const redirecting =
  (status: number, ...places: readonly string[]): Responder =>
  (response, { index, origin, body, request }) => {
    const place = places[index]
    if (place === undefined) response.end(`${request.method} ${body.length}`)
    else response.writeHead(status, { location: place.replace('ORIGIN', origin) }).end('elsewhere')
  }

const byStatus: readonly DifferentialCase[] = [301, 302, 303, 307, 308, 399].flatMap((status) => [
  { name: `get redirected with ${status}`, config: get('/from'), respond: redirecting(status, '/to') },
  {
    name: `post redirected with ${status}`,
    config: get('/from', { method: 'post', data: 'body' }),
    respond: redirecting(status, '/to'),
  },
  {
    name: `put redirected with ${status}`,
    config: get('/from', { method: 'put', data: { a: 1 } }),
    respond: redirecting(status, 'ORIGIN/to?x=1'),
  },
  {
    name: `head redirected with ${status}`,
    config: get('/from', { method: 'head' }),
    respond: redirecting(status, '../to'),
  },
  { name: `${status} not followed`, config: get('/from', { maxRedirects: 0 }), respond: redirecting(status, '/to') },
  {
    name: `${status} with credentials`,
    config: get('/from', { auth: { username: 'u', password: 'p' }, headers: { cookie: 'c=1', 'x-own': '1' } }),
    respond: redirecting(status, '/to'),
  },
  {
    name: `${status} to another host`,
    config: get('/from', {
      headers: { authorization: 'Bearer t', cookie: 'c=1', 'x-own': '1' },
      validateStatus: () => true,
    }),
    respond: (response, context) =>
      redirecting(status, context.origin.replace('127.0.0.1', 'localhost'))(response, context),
  },
])

const moreRedirects: readonly DifferentialCase[] = [
  { name: 'a chain of redirects', config: get('/0'), respond: redirecting(302, '/1', '/2', '/3') },
  {
    name: 'more redirects than allowed',
    config: get('/0', { maxRedirects: 2 }),
    respond: redirecting(302, '/1', '/2', '/3'),
  },
  {
    name: 'as many redirects as allowed',
    config: get('/0', { maxRedirects: 3 }),
    respond: redirecting(302, '/1', '/2', '/3'),
  },
  {
    name: 'redirects for ever',
    config: get('/0'),
    respond: (response) => response.writeHead(302, { location: '/again' }).end(),
  },
  { name: 'a redirect to another scheme', config: get('/0'), respond: redirecting(302, 'ftp://127.0.0.1/') },
  { name: 'a redirect to no address', config: get('/0'), respond: redirecting(302, 'http://') },
  {
    name: 'a redirect to another host and back, with credentials',
    config: get('/0', { auth: { username: 'u', password: 'p' } }),
    respond: (response, context) => {
      const elsewhere = context.origin.replace('127.0.0.1', 'localhost')
      redirecting(302, `${elsewhere}/1`, `${context.origin}/2`)(response, context)
    },
  },
  {
    name: 'a redirect without a place',
    config: get('/0', { validateStatus: null }),
    respond: (response) => response.writeHead(302).end('here'),
  },
  {
    name: 'a redirect to another host with headers that are named sensitive',
    config: get('/0', { headers: { 'x-own': '1', 'x-other': '2' }, sensitiveHeaders: ['X-Own'] }),
    respond: (response, context) =>
      redirecting(302, context.origin.replace('127.0.0.1', 'localhost'))(response, context),
  },
  {
    name: 'sensitive headers that are no names',
    config: get('/0', { sensitiveHeaders: 'x-own' as unknown as string[] }),
  },
  {
    name: 'a stream that is redirected',
    config: (origin) => ({ url: `${origin}/0`, method: 'post', data: Readable.from([Buffer.from('again')]) }),
    respond: redirecting(307, '/1', '/2'),
  },
  {
    name: 'a redirect that a hook refuses',
    config: get('/0', {
      beforeRedirect: () => {
        throw new Error('refused')
      },
    }),
    respond: redirecting(302, '/1'),
  },
  {
    name: 'a redirect that a hook sees',
    config: get('/0', {
      beforeRedirect: (options) => {
        options.headers['x-hook'] = 'seen'
      },
    }),
    respond: redirecting(302, '/1'),
  },
]

export const redirectCases: readonly DifferentialCase[] = [...byStatus, ...moreRedirects]
