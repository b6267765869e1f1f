import type * as Axios from 'axios'
import { axiosConfig, axiosEqualised } from './axios-config.ts'
import { defineClient } from './contract.ts'
import { openNodeDispatcher } from './node-dispatcher.ts'

/**
 * axios over its fetch adapter, which calls Node's own `fetch`. The adapter ignores `httpAgent` and hands
 * `fetchOptions` on to `fetch`, so the cap on connections is a dispatcher in there.
 */
export const axiosFetch = defineClient(import.meta.url, 'axiosFetch', {
  name: 'axios-fetch',
  league: 'equalised',
  library: 'axios',
  since: '1.7.0',
  limitsResponses: true,
  decompresses: true,
  open({ default: library }: typeof Axios, request) {
    // axios enforces the limit on responses itself; the dispatcher has an option for it, too, and would be first.
    const { responseLimitBytes: _axiosEnforcesIt, ...unlimited } = request
    const dispatcher = openNodeDispatcher(unlimited)
    const client = library.create({ ...axiosEqualised, adapter: 'fetch', fetchOptions: { dispatcher } })
    const config = axiosConfig(request)
    return {
      async send() {
        const { status, headers, data } = await client.request<string>(config)
        return { status, headers, text: data }
      },
      close: () => dispatcher.destroy(),
    }
  },
})
