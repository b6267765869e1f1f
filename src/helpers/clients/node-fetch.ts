import type * as NodeFetch from 'node-fetch'
import { defineClient } from './contract.ts'
import { forNode, nodeAgent } from './node-agent.ts'

/** node-fetch with a keep-alive agent of its own that caps connections. */
export const nodeFetch = defineClient(import.meta.url, 'nodeFetch', {
  name: 'node-fetch',
  league: 'equalised',
  library: 'node-fetch',
  since: '2.0.0',
  decompresses: true,
  open({ default: library }: typeof NodeFetch, request) {
    const { origin, path, method, headers, body = null, responseLimitBytes: size = 0 } = forNode(request)
    const agent = nodeAgent(request)
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
