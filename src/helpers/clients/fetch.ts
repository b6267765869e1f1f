import { defineClient } from './contract.ts'
import { openNodeDispatcher } from './node-dispatcher.ts'

/** Node's own `fetch`, with a dispatcher that caps connections given to each call: the global one is left alone. */
export const fetchClient = defineClient(import.meta.url, 'fetchClient', {
  name: 'fetch',
  league: 'equalised',
  decompresses: true,
  open(_library: undefined, request) {
    const { origin, path, method, headers, body = null } = request
    const dispatcher = openNodeDispatcher(request)
    const url = origin + path
    const options = { method, headers, body, dispatcher }
    return {
      async send() {
        const response = await fetch(url, options)
        return { status: response.status, headers: response.headers, text: await response.text() }
      },
      close: () => dispatcher.destroy(),
    }
  },
})
