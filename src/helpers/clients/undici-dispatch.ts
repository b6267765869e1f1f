import type * as Undici from 'undici'
import { bodyText } from './body-text.ts'
import { defineClient } from './contract.ts'
import { undiciDispatchOptions, undiciOptions } from './undici-options.ts'

/**
 * undici's lowest interface: `dispatch` with a handler of the form that undici 7 brought and undici 8 requires, on a
 * pool of its own that caps connections.
 */
export const undiciDispatch = defineClient(import.meta.url, 'undiciDispatch', {
  name: 'undici-dispatch',
  league: 'equalised',
  library: 'undici',
  open(library: typeof Undici, request) {
    const pool = new library.Pool(request.origin, undiciOptions(request))
    const options = undiciDispatchOptions(request)
    return {
      send: () =>
        new Promise((resolve, reject) => {
          const chunks: Buffer[] = []
          let status = 0
          let headers: unknown
          pool.dispatch(options, {
            // Does nothing, but its presence is how undici 7 tells this form of handler from the older one.
            onRequestStart() {},
            onResponseStart(_controller, statusCode, responseHeaders) {
              status = statusCode
              headers = responseHeaders
            },
            onResponseData(_controller, chunk) {
              chunks.push(chunk)
            },
            onResponseEnd: () => resolve({ status, headers, text: bodyText(chunks) }),
            onResponseError: (_controller, error) => reject(error),
          })
        }),
      close: () => pool.destroy(),
    }
  },
})
