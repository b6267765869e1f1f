import type * as Axios from 'axios'
import { undiciAdapter } from '../transports/axios-undici/adapter.ts'
import { axiosConfig, axiosEqualised } from './axios-config.ts'
import { defineClient } from './contract.ts'
import { undiciOptions } from './undici-options.ts'

/** axios over this project's undici adapter: what callers of axios get without changing a call. */
export const axiosUndici = defineClient(import.meta.url, 'axiosUndici', {
  name: 'axios-undici',
  league: 'equalised',
  library: 'axios',
  since: '1.7.0',
  limitsResponses: true,
  open({ default: library }: typeof Axios, request) {
    const { connections, keepAliveTimeout: keepAliveTimeoutMs } = undiciOptions(request)
    const adapter = undiciAdapter({ connections, keepAliveTimeoutMs, axios: library })
    const client = library.create({ ...axiosEqualised, adapter })
    const config = axiosConfig(request)
    return {
      async send() {
        const { status, headers, data } = await client.request<string>(config)
        return { status, headers, text: data }
      },
      close: () => adapter.close(),
    }
  },
})
