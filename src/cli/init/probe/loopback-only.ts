import net from 'node:net'

/** Hosts that a probe may talk to. */
const own = ['127.0.0.1', 'localhost', '::1']

/** Follows the place that was asked in the words about a client that did so. */
export const notAsGiven = 'and not to the address that it was given'

/** The client under a probe went elsewhere than it was told to. */
class ElsewhereError extends Error {
  override readonly name = 'ElsewhereError'
  readonly code = 'WIREGAUGE_ELSEWHERE'

  constructor(place: string) {
    super(`the request went to ${place} in place of the origin that it was given`)
  }
}

/**
 * Has every connection of this process fail that does not go to this machine: a guess that is wrong would otherwise ask the
 * service in earnest. What clients make of the failure, the first place is told.
 *
 * @param tell Told about each place, `api.example.com:443`.
 */
export function keepOnLoopback(tell: (place: string) => void): void {
  const { connect } = net.Socket.prototype
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]): net.Socket {
    const host = hostOf(given)
    if (host === undefined || own.includes(host.host)) {
      return (connect as (...all: unknown[]) => net.Socket).apply(this, given)
    }
    const place = `${host.host}:${host.port}`
    tell(place)
    process.nextTick(() => this.destroy(new ElsewhereError(place)))
    return this
  } as typeof connect
}

/** Where a call of `connect` leads; undefined for a path, as of a pipe. `net.connect` hands on its options in an array. */
function hostOf(given: readonly unknown[]): { readonly host: string; readonly port: unknown } | undefined {
  const [first, second] = Array.isArray(given[0]) ? (given[0] as readonly unknown[]) : given
  if (typeof first === 'object' && first !== null) {
    const { host = 'localhost', port, path } = first as { host?: string; port?: unknown; path?: string }
    return path === undefined || port !== undefined ? { host: host ?? 'localhost', port } : undefined
  }
  return typeof first === 'number'
    ? { host: typeof second === 'string' ? second : 'localhost', port: first }
    : undefined
}
