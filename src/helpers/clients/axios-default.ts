import type * as Axios from 'axios'
import { axiosConfig } from './axios-config.ts'
import { defineClient } from './contract.ts'
import { destroyGlobalSockets } from './global-agent.ts'

/**
 * axios as shipped, but for the body as text: the default instance over Node's global agent, which keeps connections
 * alive and opens one for every request in flight. axios rejects a status outside 200 to 299 with an error that carries
 * the response; this client returns that response, as a caller would who wants to see it.
 */
export const axiosDefault = defineClient(import.meta.url, 'axiosDefault', {
  name: 'axios-default',
  league: 'as shipped',
  library: 'axios',
  since: '0.21.0',
  limitsResponses: true,
  decompresses: true,
  open({ default: library }: typeof Axios, request) {
    const config = axiosConfig(request)
    // Majors before 1, whose adapter is a function there, parse JSON even with `responseType: 'text'`.
    if (typeof library.defaults.adapter === 'function') config.transformResponse = []
    return {
      async send() {
        try {
          const { status, headers, data } = await library.request<string>(config)
          return { status, headers, text: data }
        } catch (error) {
          const response = library.isAxiosError<string>(error) ? error.response : undefined
          // The error of a response that broke off carries a response, too, of status 200 even, but without data.
          if (typeof response?.data !== 'string') throw error
          return { status: response.status, headers: response.headers, text: response.data }
        }
      },
      close: () => destroyGlobalSockets(request.origin),
    }
  },
})
