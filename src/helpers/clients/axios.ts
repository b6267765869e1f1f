import type * as Axios from 'axios'
import { axiosConfig, axiosEqualised } from './axios-config.ts'
import { defineClient } from './contract.ts'
import { forNode, nodeAgent } from './node-agent.ts'

/** axios over its http adapter, with a keep-alive agent of its own that caps connections. */
export const axios = defineClient(import.meta.url, 'axios', {
  name: 'axios',
  league: 'equalised',
  library: 'axios',
  since: '0.21.0',
  limitsResponses: true,
  decompresses: true,
  open({ default: library }: typeof Axios, request) {
    const agent = nodeAgent(request)
    // Majors before 1 know no adapters by name; the default one is a function there, in Node that of http.
    const adapter = typeof library.defaults.adapter === 'function' ? library.defaults.adapter : 'http'
    const client = library.create({ ...axiosEqualised, adapter, httpAgent: agent, httpsAgent: agent })
    const config = axiosConfig(forNode(request))
    return {
      async send() {
        const { status, headers, data } = await client.request<string>(config)
        return { status, headers, text: data }
      },
      close: () => agent.destroy(),
    }
  },
})
