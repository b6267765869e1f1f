import type * as NodeFetch from 'node-fetch'
import { defineClient } from './contract.ts'
import { destroyGlobalSockets } from './global-agent.ts'

/** node-fetch as shipped: no agent of its own, so `node:http` takes Node's global one. */
export const nodeFetchDefault = defineClient(import.meta.url, 'nodeFetchDefault', {
  name: 'node-fetch-default',
  league: 'as shipped',
  library: 'node-fetch',
  since: '2.0.0',
  decompresses: true,
  open({ default: library }: typeof NodeFetch, request) {
    const { origin, path, method, headers, body = null, responseLimitBytes: size = 0 } = request
    const url = origin + path
    const options = { method, headers, body, size }
    return {
      async send() {
        const response = await library(url, options)
        return { status: response.status, headers: response.headers, text: await response.text() }
      },
      close: () => destroyGlobalSockets(origin),
    }
  },
})
