import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestFolder, testFolder, writeFiles } from '../../../helpers/trees/test-folder.ts'
import { namedGuesses, type Said } from '../guess/named-guesses.ts'
import { adapterText } from '../texts/adapter.ts'
import { type Proven, type Proving, proveGuesses } from './prove-guesses.ts'

let project: TestFolder
beforeEach(() => {
  project = testFolder()
  write({ 'package.json': '{"type":"module"}', 'node_modules/wiregauge/package.json': wiregauge })
  // All that an adapter needs of it; what it is built to is not there in a checkout.
  write({
    'node_modules/wiregauge/index.js':
      'export const defineClient = (module, exportName, adapter) => ({ ...adapter, module, exportName })',
  })
  symlinkSync(
    path.resolve(import.meta.dirname, '../../../../node_modules/axios'),
    path.join(project.root, 'node_modules/axios'),
  )
})
afterEach(() => project[Symbol.dispose]())

const wiregauge = '{"name":"wiregauge","type":"module","exports":"./index.js"}'

const write = (files: Readonly<Record<string, string>>): void => writeFiles(project, files)

const proved = async (said: Said = {}, more: Partial<Proving> = {}) =>
  await proveGuesses(namedGuesses(project.root, {}, said).guesses, {
    root: project.root,
    folder: path.join(project.root, '.tried'),
    language: { ending: '.ts', typescript: true },
    signal: new AbortController().signal,
    say: () => {},
    ...more,
  })

const factory = `import axios from 'axios'
export interface Options { baseURL: string }
export function createApi({ baseURL }: Options) {
  const http = axios.create({ baseURL })
  return { getItem: async (id: string) => (await http.get('/v1/items/' + id + '?full=1')).data }
}`

describe('a guess is right when a request arrives and what was answered comes back:', () => {
  test('the path of the scenario is that of the request', async () => {
    write({ 'src/api.ts': factory })
    expect(await proved()).toMatchObject({
      shape: 'value',
      path: '/v1/items/42?full=1',
      routes: [{ path: '/v1/items/42?full=1', json: { id: 42, name: 'wiregauge' } }],
      names: { client: 'api', exportName: 'apiClient', scenario: 'get-item', constant: 'getItem' },
    })
  })

  test('of an instance of axios the answer is its data, and a prefix is answered like the path', async () => {
    write({
      'src/http.ts': `import axios from 'axios'\nexport const http = axios.create()\nhttp.interceptors.request.use((c) => ({ ...c, url: '/v2' + c.url }))`,
    })
    expect(await proved({}, { path: '/x' })).toMatchObject({
      shape: 'data',
      path: '/x',
      routes: [{ path: '/x' }, { path: '/v2/x' }],
    })
  })

  test('a response is handed on whole, and what was asked for meanwhile is a route', async () => {
    write({
      'src/sdk.js': `export class Sdk {
        static async open() {}
        constructor(baseUrl) { this.base = baseUrl }
        async get(path) { return fetch(this.base + path) }
      }
      export async function createSdk(base) {
        await fetch(base + '/token', { method: 'POST' })
        return new Sdk(base)
      }`,
    })
    expect(await proved({ exportName: 'createSdk', module: './src/sdk.js' })).toMatchObject({
      shape: 'response',
      routes: [
        { method: 'GET', path: '/items/42' },
        { method: 'POST', path: '/token' },
      ],
    })
  })

  test('a client that wants a list is answered one', async () => {
    write({
      'src/list.js': `export async function listItems(url) { return (await (await fetch(url)).json()).map((item) => item) }`,
    })
    expect(await proved()).toMatchObject({ routes: [{ json: [{ id: 42, name: 'wiregauge' }] }] })
  })

  test('a call that was named may be of any method, and what it sends is kept', async () => {
    write({
      'src/graph.js': `export const createGraph = (url) => ({
        ask: async (query) => {
          const headers = { 'content-type': 'application/json' }
          return (await fetch(url + '/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) })).json()
        },
      })`,
    })
    const said = { module: './src/graph.js', exportName: 'createGraph', call: "api.ask('{ item { id } }')" }
    expect(await proved(said, { anyMethod: true })).toMatchObject({
      path: '/graphql',
      sent: { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ item { id } }"}' },
      routes: [{ method: 'POST', path: '/graphql', json: { id: 42, name: 'wiregauge' } }],
    })
    expect(await proved(said)).toEqual({
      failures: expect.arrayContaining([expect.stringContaining('made a POST /graphql, and no GET')]),
    })
  })

  test('a body that is no text is left out', async () => {
    write({
      'src/put.js': `export const put = async (url) => (await fetch(url, { method: 'PUT', body: new Uint8Array([255]) })).json()`,
    })
    const said = { module: './src/put.js', exportName: 'put', call: 'put(origin)' }
    expect(await proved(said, { anyMethod: true })).toMatchObject({ sent: { method: 'PUT', headers: {} }, path: '/' })
  })

  test('what was said takes the place of what would be guessed', async () => {
    write({
      'src/odd.js': `export const odd = (...all) => ({ run: async () => (await fetch(all[0] + '/run')).json() })`,
    })
    const said = { module: './src/odd.js', exportName: 'odd', open: 'odd(origin)', call: 'it.run()' }
    expect(await proved(said, { json: { ok: true } })).toMatchObject({
      guess: { setup: 'const it = await odd(origin)', call: 'it.run()' },
      path: '/run',
      routes: [{ json: { ok: true } }],
    })
  })
})

describe('names that stand for two things are told apart:', () => {
  test('the export and the client that it makes', async () => {
    write({
      'src/http.js': `const get = (base) => async (path) => (await fetch(base + path)).json()
        export const http = { withBase: (base, { http }) => ({ http, get: get(base) }), http: 1 }`,
    })
    const open = 'http.withBase(origin, { http, http: http.http })'
    const said = { module: './src/http.js', exportName: 'http', open, call: 'http.get(path)' }
    expect(await proved(said)).toMatchObject({
      guess: {
        local: 'httpExport',
        setup: 'const http = await httpExport.withBase(origin, { http: httpExport, http: httpExport.http })',
        call: 'http.get(path)',
      },
    })
  })

  test('the client and its response', async () => {
    write({ 'src/sdk.js': 'export const createSdk = (base) => ({ get: (path) => fetch(base + path) })' })
    const said = { module: './src/sdk.js', exportName: 'createSdk', call: 'response.get(path)' }
    expect(await proved(said)).toMatchObject({ shape: 'response' })
    const { guess, names } = (await proved(said)) as Proven
    const language = { ending: '.js', typescript: false } as const
    expect(adapterText({ guess, names, shape: 'response', language, folder: 'perf' })).toContain(
      'const reply = await response.get(path)\n        return { status: reply.status,',
    )
  })
})

describe('a guess that is wrong says why:', () => {
  test.each([
    [
      'it talks to another address, which is never asked',
      `export const createApi = ({ baseURL }) => ({ getIt: async () => (await fetch('http://192.0.2.1/')).json() })`,
      'went to 192.0.2.1:80, and not to the address that it was given',
    ],
    [
      'it makes no request',
      'export const createApi = ({ baseURL }) => ({ getIt: async () => 7 || fetch(baseURL) })',
      'made no request',
    ],
    [
      'it gives something else',
      `export const createApi = ({ baseURL }) => ({ getIt: async () => { await fetch(baseURL); return 'changed' } })`,
      "made one, GET /, and gave 'changed', which is not what was answered",
    ],
    [
      'it throws',
      `export const createApi = ({ baseURL }) => { if (baseURL) throw new Error('no key'); return { getIt: () => fetch('') } }`,
      'Error: no key',
    ],
    [
      'it cannot be loaded',
      `import './none.js'\nexport const createApi = ({ baseURL }) => ({ getIt: () => fetch(baseURL) })`,
      'none.js',
    ],
  ])('%s', async (_, text, reason) => {
    write({ 'src/api.js': text })
    const failed = await proved()
    expect(failed).toEqual({ failures: [expect.stringContaining(reason)] })
  })
})
