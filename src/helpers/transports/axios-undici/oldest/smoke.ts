/** Compares both adapters with the oldest axios and undici (`--import aliases.ts`), and prints what differs as JSON. */
import { createRequire } from 'node:module'
import axios, { type AxiosRequestConfig } from 'axios'
import { undiciAdapter } from '../adapter.ts'
import { cases } from '../differential/cases.ts'
import { compareCase } from '../differential/compare.ts'
import { RecordingServer } from '../differential/recording-server.ts'

/**
 * Where the oldest axios does as the newest: not its credentials and its errors over redirects, its errors in a body, its
 * headers beyond ASCII and zstd, all of which were mended later.
 */
const alike =
  /^(get|delete|head|options|post|put|patch) |as (json|text|arraybuffer|stream)$|^(gzip|deflate|br) |^given up/

const { version } = createRequire(import.meta.url)('undici/package.json') as { readonly version: string }
await using server = await new RecordingServer().listen()
const adapter = undiciAdapter()
const smoked = cases.filter(({ name }) => alike.test(name))
const differing: Record<string, readonly string[]> = {}
for (const each of smoked) {
  const { undeclared } = await compareCase(each, adapter, server)
  if (undeclared.length > 0) differing[each.name] = undeclared
}
// undici has HTTP/2 without TLS since 7.8 only.
const inClear: AxiosRequestConfig = { url: 'http://127.0.0.1:1/', adapter, httpVersion: 2 }
const http2InClear = await axios.request(inClear).catch(({ message }: Error) => message)
await adapter.close()
console.log(JSON.stringify({ axios: axios.VERSION, undici: version, cases: smoked.length, differing, http2InClear }))
