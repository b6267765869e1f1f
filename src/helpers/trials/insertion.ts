import { fileURLToPath } from 'node:url'
import { axios } from '../clients/axios.ts'
import type { Client } from '../clients/contract.ts'
import { nodeFetch } from '../clients/node-fetch.ts'
import { undiciRequest } from '../clients/undici-request.ts'
import type { Patch } from './patch.ts'

/**
 * Code that is put around every request of a client. All of it can use what `head` declares, and all of it but `head`
 * runs once a request.
 */
interface InsertedCode {
  /** At the head of a module, once. State in there belongs to the arm and not to the process. */
  readonly head: string
  /** Statements before the request begins. */
  readonly before?: string
  /** A wait before the request begins: a promise, and under which condition it is waited for. */
  readonly wait?: { readonly when: string; readonly for: string }
  /** Statements when the request has settled. */
  readonly after?: string
}

/** Where code goes in the packages of one client. */
export interface InsertionPoint {
  readonly client: Client
  /** Declares a constant that nothing can optimise away, because it is reachable from outside: `hold.value` is its use. */
  readonly hold: string
  /** Declares an export of another module, given by its `file:` address. */
  importing(name: string, address: URL): string
  around(code: InsertedCode): readonly Patch[]
}

const importedAsModule = (name: string, address: URL): string => `import { ${name} } from '${address.href}';`

const awaited = ({ when, for: promise }: NonNullable<InsertedCode['wait']>): string => `if (${when}) await ${promise};`

/** Below `Axios#request`, which every request goes through, whatever its adapter. */
const inAxios: InsertionPoint = {
  client: axios,
  hold: 'export const hold = { value: 0 };',
  importing: importedAsModule,
  around({ head, before = '', wait, after }) {
    const file = 'axios/lib/core/Axios.js'
    const imports = "import utils from '../utils.js';"
    const request = 'return await this._request(configOrUrl, config);'
    const begin = `${before}\n      ${wait === undefined ? '' : awaited(wait)}`
    const text = after === undefined ? request : `try { ${request} } finally { ${after} }`
    return [
      { file, anchor: imports, text: `${imports}\n${head}` },
      { file, anchor: request, text: `${begin}\n      ${text}` },
    ]
  },
}

/** In `request`; a request has settled when its body has come to its end. */
const inUndici: InsertionPoint = {
  client: undiciRequest,
  // The function is what the module exports.
  hold: 'const hold = (request.hold = { value: 0 })',
  importing: (name, address) => `const { ${name} } = require(${JSON.stringify(fileURLToPath(address))})`,
  around({ head, before = '', wait, after }) {
    const file = 'undici/lib/api/api-request.js'
    const noop = 'function noop () {}'
    const promise = `new Promise((resolve, reject) => {
      request.call(this, opts, (err, data) => {
        return err ? reject(err) : resolve(data)
      })
    })`
    const sent =
      wait === undefined
        ? `return ${promise}`
        : `const send = () => ${promise}\n    return (${wait.when}) ? (${wait.for}).then(send) : send()`
    const begin: Patch[] = [
      { file, anchor: noop, text: `${noop}\n${head}` },
      { file, anchor: `return ${promise}`, text: `${before}\n    ${sent}` },
    ]
    if (after === undefined) return begin
    const ends = ['onResponseEnd (_controller, trailers) {', 'onResponseError (_controller, err) {']
    return [...begin, ...ends.map((anchor) => ({ file, anchor, text: `${anchor}\n    ${after}` }))]
  },
}

/** In `fetch`; a request has settled when its response is closed, which is when the body has come to its end. */
const inNodeFetch: InsertionPoint = {
  client: nodeFetch,
  hold: 'export const hold = {value: 0};',
  importing: importedAsModule,
  around({ head, before = '', wait, after }) {
    const file = 'node-fetch/src/index.js'
    const schemas = 'const supportedSchemas = new Set('
    const fetching = 'return new Promise((resolve, reject) => {\n\t\t// Build request object'
    const begin: Patch[] = [
      { file, anchor: schemas, text: `${head}\n${schemas}` },
      { file, anchor: fetching, text: `${before}\n\t${wait === undefined ? '' : awaited(wait)}\n\t${fetching}` },
    ]
    if (after === undefined) return begin
    const answered = 'request_.setTimeout(0);'
    const failed = "request_.on('error', error => {"
    return [
      ...begin,
      { file, anchor: answered, text: `${answered}\n\t\t\tresponse_.once('close', () => { ${after} });` },
      { file, anchor: failed, text: `${failed}\n\t\t\t${after}` },
    ]
  },
}

/** By the client's name. */
export const insertionPoints = {
  axios: inAxios,
  'undici-request': inUndici,
  'node-fetch': inNodeFetch,
} as const satisfies Record<string, InsertionPoint>

/** A client whose packages faults can be put into. */
export type FaultyClient = keyof typeof insertionPoints
