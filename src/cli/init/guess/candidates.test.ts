import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestFolder, testFolder, writeFiles } from '../../../helpers/trees/test-folder.ts'
import { candidatesIn } from './candidates.ts'
import { guessInWords } from './guess.ts'

let folder: TestFolder
beforeEach(() => {
  folder = testFolder()
})
afterEach(() => folder[Symbol.dispose]())

const files = (texts: Readonly<Record<string, string>>): void => writeFiles(folder, texts)

const guessed = (named: Parameters<typeof candidatesIn>[2] = {}) =>
  candidatesIn(folder.root, {}, named).guesses.map(guessInWords)

const axiosFactory = `
import axios, { type AxiosInstance } from 'axios'
export interface Options { baseURL: string; token?: string }
export function createApi({ baseURL, token }: Options) {
  const http: AxiosInstance = axios.create({ baseURL })
  return {
    async removeItem(id: string) { await http.delete('/items/' + id) },
    async getItem(id: string) { return (await http.get('/items/' + id)).data },
  }
}
`

describe('the likeliest guess about', () => {
  test.each([
    [
      'a factory with options',
      { 'src/api.ts': axiosFactory },
      "createApi of ./src/api.ts: createApi({ baseURL: origin, token: 'wiregauge' }), then api.getItem('42')",
    ],
    [
      'a class that takes its base URL',
      {
        'src/sdk.js': `export class Sdk {
          constructor(baseUrl) { this.baseUrl = baseUrl }
          async get(path) { return (await fetch(this.baseUrl + path)).json() }
        }`,
      },
      'Sdk of ./src/sdk.js: new Sdk(origin), then api.get(path)',
    ],
    [
      'a class whose options are kept whole',
      {
        'src/sdk.ts': `export default class Sdk {
          #config: { endpoint: string }
          constructor(config: { endpoint: string }) { this.#config = config }
          async listUsers() { return (await fetch(this.#config.endpoint + '/users')).json() }
        }`,
      },
      'default of ./src/sdk.ts: new Sdk({ endpoint: origin }), then api.listUsers()',
    ],
    [
      'an instance of axios',
      {
        'src/http.ts': `import axios from 'axios'\nexport const http = axios.create({ baseURL: 'https://example.com' })`,
      },
      'http of ./src/http.ts: http.defaults.baseURL = origin, then http.get(path)',
    ],
    [
      'a function that takes an address',
      {
        'lib/get-json.js': `export async function getJson(url, options = {}) { return (await fetch(url, options)).json() }`,
      },
      'getJson of ./lib/get-json.js: getJson(origin + path)',
    ],
    [
      'an SDK in CommonJS',
      {
        'index.js': `const axios = require('axios')
        class Client {
          constructor(options) { this.http = axios.create({ baseURL: options.baseUrl }) }
          async retrieve(id) { return (await this.http.get('/things/' + id)).data }
        }
        module.exports = { Client }`,
      },
      "Client of ./index.js: new Client({ baseUrl: origin }), then api.retrieve('42')",
    ],
    [
      'a factory whose options go on as a whole',
      {
        'src/make.js': `import axios from 'axios'
        export default function make(options) { return axios.create(options) }`,
      },
      'default of ./src/make.js: make({ baseURL: origin }), then api.get(path)',
    ],
    [
      'a factory of a class',
      {
        'src/make.js': `class Api { constructor(o) { this.o = o } async getUser(id) { return fetch(this.o.base + id) } }
        export const createClient = (base) => new Api({ base })`,
      },
      "createClient of ./src/make.js: createClient(origin), then api.getUser('42')",
    ],
    [
      'a class that makes itself, and whose constructor takes something else',
      {
        'src/shop.js': `export class ShopSdk {
          constructor(http) { this.http = http }
          static parse(text) { return JSON.parse(text) }
          static async create({ baseUrl }) { return new ShopSdk({ get: (path) => fetch(baseUrl + path) }) }
          async getItem(id) { return (await this.http.get('/items/' + id)).json() }
        }`,
      },
      "ShopSdk of ./src/shop.js: ShopSdk.create({ baseUrl: origin }), then api.getItem('42')",
    ],
    [
      'a class that could as well be made by itself',
      {
        'src/shop.js': `export class ShopSdk {
          static async create(baseUrl) { return new ShopSdk(baseUrl) }
          constructor(baseUrl) { this.baseUrl = baseUrl }
          async getItem(id) { return fetch(this.baseUrl + id) }
        }`,
      },
      "ShopSdk of ./src/shop.js: new ShopSdk(origin), then api.getItem('42')",
    ],
  ])('%s', (_, texts, expected) => {
    files(texts)
    expect(guessed()[0]).toBe(expected)
  })
})

test('of several modules, the one that the others use comes first', () => {
  const get = (name: string) => `export async function ${name}(url) { return (await fetch(url)).json() }`
  files({
    'src/a.js': get('getA'),
    'src/b.js': get('getB'),
    'src/one.js': `import { getB } from './b.js'`,
    'src/two.js': `import { getB } from './b'`,
  })
  expect(guessed().slice(0, 2)).toEqual([
    'getB of ./src/b.js: getB(origin + path)',
    'getA of ./src/a.js: getA(origin + path)',
  ])
})

test('tests, output, packages inside and what uses no client are left out', () => {
  const get = `export async function getJson(url) { return (await fetch(url)).json() }`
  files({
    'src/api.test.js': get,
    'test/helper.js': get,
    'dist/api.js': get,
    'packages/other/package.json': '{}',
    'packages/other/index.js': get,
    'src/pure.js': 'export function getSum(url) { return url.length }',
  })
  expect(candidatesIn(folder.root, {})).toEqual({ guesses: [], using: [], readingEnvironment: [], unreadable: [] })
})

test.each([
  ['process.env.API_URL', ['./src/api.js']],
  ['import.meta.env.VITE_API', ['./src/api.js']],
  ['config.env', []],
])('a module that reads the environment is told from others: %s', (base, expected) => {
  files({ 'src/api.js': `export const getIt = async () => fetch(${base} + '/it')`, 'src/other.js': 'process.env.A' })
  expect(candidatesIn(folder.root, {})).toMatchObject({ using: ['./src/api.js'], readingEnvironment: expected })
})

test('what is built of a module is tried after it, and in its place where that is more than types', () => {
  files({
    'src/api.ts': axiosFactory,
    'dist/api.js': 'export {}',
    'src/more.ts': `export class More { constructor(private readonly url: string) {} }`,
    'dist/more.js': `export class More {
      constructor(url) { this.url = url }
      async getIt() { return fetch(this.url) }
    }`,
  })
  expect(guessed({ module: 'src/api.ts' })[1]).toMatch(/^createApi of \.\/dist\/api\.js: /)
  expect(guessed({ module: 'src/more.ts' })[0]).toBe('More of ./dist/more.js: new More(origin), then api.getIt()')
})

test('only the export that was named is guessed at', () => {
  const two = `export async function getA(url) { return fetch(url) }\nexport async function getB(url) { return fetch(url) }`
  files({ 'src/two.js': two })
  expect(guessed({ module: 'src/two.js', exportName: 'getB' })).toEqual(['getB of ./src/two.js: getB(origin + path)'])
})

test('a module that is more than types, and was not built, is told with the reason', () => {
  files({
    'src/sdk.ts': `export class Sdk { constructor(private readonly http: string) {} async getIt() { return fetch(this.http) } }`,
    'src/colours.ts': 'export enum Colour { Red }',
    'src/broken.js': 'export const = fetch',
    'src/api.js': 'export const getIt = async (url) => fetch(url)',
  })
  const { unreadable, using } = candidatesIn(folder.root, {})
  expect(using).toEqual(['./src/api.js'])
  expect(unreadable).toEqual([
    { module: './src/broken.js', reason: 'it is no JavaScript that Node runs', mayUse: true },
    { module: './src/colours.ts', reason: expect.stringContaining('enum'), mayUse: false },
    { module: './src/sdk.ts', reason: expect.stringContaining('parameter property'), mayUse: true },
  ])
})
