import type * as Axios from 'axios'
import { axiosConfig, axiosEqualised } from './axios-config.ts'
import { defineClient } from './contract.ts'
import { keepAliveAgent } from './keep-alive-agent.ts'

/** axios over its http adapter, with a keep-alive agent of its own that caps connections. */
export const axios = defineClient(import.meta.url, 'axios', {
  name: 'axios',
  league: 'equalised',
  library: 'axios',
  since: '0.21.0',
  limitsResponses: true,
  open({ default: library }: typeof Axios, request) {
    const httpAgent = keepAliveAgent(request)
    // Majors before 1 know no adapters by name; the default one is a function there, in Node that of http.
    const adapter = typeof library.defaults.adapter === 'function' ? library.defaults.adapter : 'http'
    const client = library.create({ ...axiosEqualised, adapter, httpAgent })
    const config = axiosConfig(request)
    return {
      async send() {
        const { status, headers, data } = await client.request<string>(config)
        return { status, headers, text: data }
      },
      close: () => httpAgent.destroy(),
    }
  },
})
