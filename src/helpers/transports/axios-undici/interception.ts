import http from 'node:http'
import https from 'node:https'

/**
 * What mocks that see Node's own client alone put something else in the place of. Those that see undici, too, as nock does,
 * change what is below both, and need no other way.
 */
function patchable(): readonly unknown[] {
  return [http.request, http.get, http.ClientRequest, https.request, https.get]
}

const unpatched = patchable()

/**
 * Whether something stands in for Node's own HTTP client, as msw does while it listens: it is not what it was when this
 * module was loaded. A mock that was there before is not noticed.
 */
export function isNodesClientMocked(): boolean {
  return patchable().some((each, place) => each !== unpatched[place])
}
