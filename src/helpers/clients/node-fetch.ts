import type * as NodeFetch from 'node-fetch'
import { defineClient } from './contract.ts'
import { keepAliveAgent } from './keep-alive-agent.ts'

/** node-fetch with a keep-alive agent of its own that caps connections. */
export const nodeFetch = defineClient(import.meta.url, 'nodeFetch', {
  name: 'node-fetch',
  league: 'equalised',
  library: 'node-fetch',
  since: '2.0.0',
  open({ default: library }: typeof NodeFetch, request) {
    const { origin, path, method, headers, body = null, responseLimitBytes: size = 0 } = request
    const agent = keepAliveAgent(request)
    const url = origin + path
    const options = { method, headers, body, agent, size }
    return {
      async send() {
        const response = await library(url, options)
        return { status: response.status, headers: response.headers, text: await response.text() }
      },
      close: () => agent.destroy(),
    }
  },
})
