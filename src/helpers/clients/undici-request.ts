import type * as Undici from 'undici'
import { defineClient } from './contract.ts'
import { undiciDispatchOptions, undiciOptions } from './undici-options.ts'

/** undici's `request`, the interface it recommends, on a pool of its own that caps connections. */
export const undiciRequest = defineClient(import.meta.url, 'undiciRequest', {
  name: 'undici-request',
  league: 'equalised',
  library: 'undici',
  since: '6.0.0',
  open(library: typeof Undici, request) {
    const pool = new library.Pool(request.origin, undiciOptions(request))
    const options = undiciDispatchOptions(request)
    return {
      async send() {
        const { statusCode, headers, body } = await pool.request(options)
        return { status: statusCode, headers, text: await body.text() }
      },
      close: () => pool.destroy(),
    }
  },
})
