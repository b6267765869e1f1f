import type * as Undici from 'undici'
import { defineClient } from './contract.ts'
import { undiciDispatchOptions } from './undici-options.ts'

/**
 * undici as shipped: the module's `request` and the global dispatcher, which has no cap: it opens a connection for
 * every request in flight, and now and then one more, because a connection is not free yet when its response resolves.
 * It has no limit on responses either, so `responseLimitBytes` is not heeded.
 *
 * The global dispatcher belongs to the copy of undici that was loaded first, be it Node's own. So a fresh one of this
 * copy, made as undici makes it when loaded, takes its place while the client is open.
 */
export const undiciDefault = defineClient(import.meta.url, 'undiciDefault', {
  name: 'undici-default',
  league: 'as shipped',
  library: 'undici',
  since: '6.0.0',
  processWide: true,
  open(library: typeof Undici, request) {
    const url = request.origin + request.path
    const { path: _inUrl, ...options } = undiciDispatchOptions(request)
    const found = library.getGlobalDispatcher()
    const fresh = new library.Agent()
    library.setGlobalDispatcher(fresh)
    return {
      async send() {
        const { statusCode, headers, body } = await library.request(url, options)
        return { status: statusCode, headers, text: await body.text() }
      },
      close() {
        library.setGlobalDispatcher(found)
        return fresh.destroy()
      },
    }
  },
})
