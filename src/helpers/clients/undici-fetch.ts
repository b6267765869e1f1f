import type * as Undici from 'undici'
import { defineClient } from './contract.ts'
import { undiciOptions } from './undici-options.ts'

/**
 * The `fetch` of the undici package, with an agent of its own that caps connections. Without one it would take the
 * global dispatcher, which all copies of undici in a process share.
 */
export const undiciFetch = defineClient(import.meta.url, 'undiciFetch', {
  name: 'undici-fetch',
  league: 'equalised',
  library: 'undici',
  since: '6.0.0',
  decompresses: true,
  open(library: typeof Undici, request) {
    const { origin, path, method, headers, body = null } = request
    const dispatcher = new library.Agent(undiciOptions(request))
    const url = origin + path
    const options = { method, headers, body, dispatcher }
    return {
      async send() {
        const response = await library.fetch(url, options)
        return { status: response.status, headers: response.headers, text: await response.text() }
      },
      close: () => dispatcher.destroy(),
    }
  },
})
