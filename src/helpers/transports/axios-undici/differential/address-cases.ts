import { type DifferentialCase, get } from './case.ts'

const headerCases: readonly DifferentialCase[] = [
  { name: 'own headers', config: get('/h', { headers: { 'X-Own': 'a', Accept: 'text/plain' } }) },
  { name: 'headers of several values', config: get('/h', { headers: { 'x-many': ['a', 'b'] as unknown as string } }) },
  { name: 'a header that is taken away', config: get('/h', { headers: { 'User-Agent': null, Accept: null } }) },
  { name: 'a header that is false', config: get('/h', { headers: { 'User-Agent': false as unknown as string } }) },
  { name: 'a header with a line break', config: get('/h', { headers: { 'x-bad': 'a\r\nx-injected: 1' } }) },
  { name: 'a header beyond Latin', config: get('/h', { headers: { 'x-utf': 'aé漢' } }) },
  { name: 'a connection that is to be closed', config: get('/h', { headers: { Connection: 'close' } }) },
  { name: 'a connection that is to be kept', config: get('/h', { headers: { Connection: 'keep-alive' } }) },
  { name: 'a header whose name is none', config: get('/h', { headers: { 'x bad': '1' } }) },
  {
    name: 'a length that is not the body’s',
    config: get('/h', { method: 'post', data: 'four', headers: { 'Content-Length': '4' } }),
  },
  { name: 'a method that is none', config: get('/h', { method: 'no method' as 'get' }) },
  { name: 'a method of its own', config: get('/h', { method: 'purge' }) },
  { name: 'another host', config: get('/h', { headers: { host: 'example.test' } }) },
  { name: 'credentials in the config', config: get('/h', { auth: { username: 'user', password: 'pä:ss' } }) },
  { name: 'credentials in the address', config: (origin) => ({ url: origin.replace('//', '//us%40er:p%3Ass@') }) },
  {
    name: 'credentials beside a header',
    config: get('/h', { auth: { username: 'u', password: '' }, headers: { Authorization: 'Bearer x' } }),
  },
  {
    name: 'answered with headers that come twice',
    config: get('/h'),
    respond: (response) => {
      response.socket?.end(
        'HTTP/1.1 200 OK\r\nx-a: 1\r\nX-A: 2\r\ncontent-type: a/b\r\ncontent-type: c/d\r\nset-cookie: a=1\r\nset-cookie: b=2\r\netag: 1\r\netag: 2\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok',
      )
    },
  },
  {
    name: 'answered with one cookie',
    config: get('/h'),
    respond: (response) => response.writeHead(200, { 'set-cookie': 'a=1' }).end(),
  },
  {
    name: 'answered in Latin',
    config: get('/h'),
    respond: (response) => response.writeHead(200, { 'x-latin': 'é' }).end(),
  },
]

const byAddress: readonly DifferentialCase[] = [
  { name: 'a base address', config: (origin) => ({ baseURL: `${origin}/base/`, url: '/rest' }) },
  {
    name: 'an absolute address beside a base',
    config: (origin) => ({ baseURL: 'http://other.test', url: `${origin}/x` }),
  },
  {
    name: 'an absolute address that is not allowed',
    config: (origin) => ({ baseURL: `${origin}/b`, url: '/x', allowAbsoluteUrls: false }),
  },
  {
    name: 'parameters',
    config: get('/p', { params: { a: 1, b: [1, 2], c: { d: 'ü' }, e: null, f: "it's", g: new Date(0) } }),
  },
  { name: 'parameters behind a question', config: get('/p?x=1#hash', { params: { y: 'a b' } }) },
  {
    name: 'parameters by a serialiser',
    config: get('/p', { params: { a: 1 }, paramsSerializer: { serialize: () => "raw='[x]'" } }),
  },
  {
    name: 'parameters that fail',
    config: get('/p', {
      params: { a: 1 },
      paramsSerializer: {
        serialize: () => {
          throw new Error('no')
        },
      },
    }),
  },
  { name: 'a query beyond ASCII', config: get('/p', { params: {}, paramsSerializer: { serialize: () => 'ü=é' } }) },
  { name: 'a query beyond Latin', config: get('/p', { params: {}, paramsSerializer: { serialize: () => '漢' } }) },
  { name: 'a path beyond ASCII', config: get('/pä th') },
  { name: 'no address', config: () => ({}) },
  { name: 'an address without slashes', config: () => ({ url: 'http:host' }) },
  { name: 'another scheme', config: () => ({ url: 'ftp://127.0.0.1/' }) },
  { name: 'a data address', config: () => ({ url: 'data:text/plain;base64,aGVsbG8=' }) },
  { name: 'nobody listening', config: () => ({ url: 'http://127.0.0.1:1/' }) },
]

/** Headers and addresses. */
export const addressCases: readonly DifferentialCase[] = [...headerCases, ...byAddress]
