import type * as Undici from 'undici'
import { bodyText } from './body-text.ts'
import { defineClient, type Reply } from './contract.ts'
import { undiciDispatchOptions, undiciOptions } from './undici-options.ts'

/**
 * undici's lowest interface: `dispatch` on a pool of its own that caps connections. The handler has the form that undici 7
 * brought and undici 8 requires; the form of undici 6, which 7 knows as well, stands beside it in a client for that alone.
 */
export const undiciDispatch = defineClient(import.meta.url, 'undiciDispatch', {
  name: 'undici-dispatch',
  league: 'equalised',
  library: 'undici',
  since: '6.0.0',
  open(library: typeof Undici, request) {
    const pool = new library.Pool(request.origin, undiciOptions(request))
    const options = undiciDispatchOptions(request)
    if (!knowsControllers(library)) return { send: () => sendOfOld(pool, options), close: () => pool.destroy() }
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

/** Whether handlers are given a controller: undici 7 came with the interceptors that are told apart by it. */
function knowsControllers({ interceptors }: typeof Undici): boolean {
  return interceptors !== undefined && 'cache' in interceptors
}

type Options = ReturnType<typeof undiciDispatchOptions>

/** The handler of undici 6: https://github.com/nodejs/undici/blob/v6.21.0/docs/docs/api/Dispatcher.md */
function sendOfOld(pool: Undici.Pool, options: Options): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let status = 0
    let headers: unknown
    const handler = {
      onConnect() {},
      onHeaders(statusCode: number, rawHeaders: unknown) {
        status = statusCode
        headers = rawHeaders
        return true
      },
      onData(chunk: Buffer) {
        chunks.push(chunk)
        return true
      },
      onComplete: () => resolve({ status, headers, text: bodyText(chunks) }),
      onError: reject,
    }
    pool.dispatch(options, handler as Undici.Dispatcher.DispatchHandler)
  })
}
