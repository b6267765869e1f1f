import { Writable } from 'node:stream'
import type * as Undici from 'undici'
import { bodyText } from './body-text.ts'
import { defineClient } from './contract.ts'
import { undiciDispatchOptions, undiciOptions } from './undici-options.ts'

/**
 * undici's `stream`, which writes the response into a stream that the caller makes, on a pool of its own that caps
 * connections.
 */
export const undiciStream = defineClient(import.meta.url, 'undiciStream', {
  name: 'undici-stream',
  league: 'equalised',
  library: 'undici',
  since: '6.0.0',
  open(library: typeof Undici, request) {
    const pool = new library.Pool(request.origin, undiciOptions(request))
    const options = undiciDispatchOptions(request)
    return {
      async send() {
        const chunks: Buffer[] = []
        let status = 0
        let responseHeaders: unknown
        await pool.stream(options, ({ statusCode, headers }) => {
          status = statusCode
          responseHeaders = headers
          return new Writable({
            write(chunk: Buffer, _encoding, done) {
              chunks.push(chunk)
              done()
            },
          })
        })
        return { status, headers: responseHeaders, text: bodyText(chunks) }
      },
      close: () => pool.destroy(),
    }
  },
})
