import type * as Undici from 'undici'
import { bodyText } from './body-text.ts'
import { defineClient } from './contract.ts'
import { undiciDispatchOptions, undiciOptions } from './undici-options.ts'

/**
 * undici's `pipeline`: a duplex whose writable side is the request body and whose readable side is what the handler
 * returns, here the response body as it is. On a pool of its own that caps connections.
 *
 * A request body that does not fit the duplex's buffer (64 KiB) goes out chunked, because its end is not known when its
 * head is written, unless the scenario's headers give a `content-length`.
 */
export const undiciPipeline = defineClient(import.meta.url, 'undiciPipeline', {
  name: 'undici-pipeline',
  league: 'equalised',
  library: 'undici',
  since: '6.0.0',
  open(library: typeof Undici, request) {
    const pool = new library.Pool(request.origin, undiciOptions(request))
    const { body, ...options } = undiciDispatchOptions(request)
    return {
      send: () =>
        new Promise((resolve, reject) => {
          const chunks: Buffer[] = []
          let status = 0
          let responseHeaders: unknown
          const duplex = pool.pipeline(options, ({ statusCode, headers, body: responseBody }) => {
            status = statusCode
            responseHeaders = headers
            return responseBody
          })
          duplex.on('data', (chunk: Buffer) => chunks.push(chunk))
          duplex.on('end', () => resolve({ status, headers: responseHeaders, text: bodyText(chunks) }))
          duplex.on('error', reject)
          duplex.end(body)
        }),
      close: () => pool.destroy(),
    }
  },
})
