import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios'
import { afterEach, expect, test, vi } from 'vitest'
import { UnsupportedOption } from './unsupported-option.ts'
import { wayOf } from './way-of.ts'

const asked = (more: object = {}): InternalAxiosRequestConfig => ({
  headers: new AxiosHeaders(),
  url: 'http://127.0.0.1/',
  ...more,
})

afterEach(() => {
  vi.unstubAllEnvs()
})

// Of the machine that the tests run on.
const withoutProxies = (): void => {
  for (const name of ['http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) {
    vi.stubEnv(name, undefined)
  }
}

test.each([
  {},
  { data: 'text' },
  { data: Buffer.from('bytes') },
  { auth: { username: 'u', password: 'p' } },
  { timeout: 10, maxContentLength: 5, maxBodyLength: 5, maxRedirects: 0 },
  { responseType: 'arraybuffer' },
  { httpVersion: 2 },
  { proxy: false },
])('what is sent and read as a whole is plain: %o', (more) => {
  withoutProxies()
  expect(wayOf(asked(more))).toBe('plain')
})

test.each([
  { responseType: 'stream' },
  { data: { pipe() {} } },
  { httpVersion: 3 },
  { beforeRedirect: () => {} },
  { family: 4 },
  { lookup: () => {} },
  { maxRate: 1 },
  { onDownloadProgress: () => {} },
  { onUploadProgress: () => {} },
  { proxy: { host: '127.0.0.1', port: 1 } },
  { sensitiveHeaders: ['x-own'] },
  { socketPath: '/nowhere' },
])('everything else is streamed: %o', (more) => {
  withoutProxies()
  expect(wayOf(asked(more))).toBe('streamed')
})

test.each(['http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'])(
  'a proxy of the environment is asked for by %s, unless proxies are turned off',
  (name) => {
    withoutProxies()
    vi.stubEnv(name, 'http://127.0.0.1:1')
    expect(wayOf(asked())).toBe('streamed')
    expect(wayOf(asked({ proxy: false }))).toBe('plain')
  },
)

test.each([
  ['transport', {}],
  ['insecureHTTPParser', true],
] as const)('%s is refused by its name', (option, value) => {
  expect(() => wayOf(asked({ [option]: value }))).toThrow(UnsupportedOption)
  expect(() => wayOf(asked({ [option]: value }))).toThrow(option)
})
