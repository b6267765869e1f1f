import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { text as wholeText } from 'node:stream/consumers'
import { Pool } from 'undici'
import type { LoadedRoute, RouteReply } from './messages.ts'

/**
 * Most connections of the open loop. Only a gateway that is far from keeping up needs more, and what waits for one then is
 * late all the same.
 */
const mostConnections = 256

/** Connections of an open loop to one gateway. undici, because the sender shares the machine with what it measures. */
export class SteadyConnections {
  #pool: Pool | undefined

  /** Rejects when the connection fails or nothing comes in time. */
  async get({ url, requestTimeoutMs }: LoadedRoute): Promise<RouteReply> {
    const { origin, pathname: path } = new URL(url)
    this.#pool ??= new Pool(origin, {
      connections: mostConnections,
      headersTimeout: requestTimeoutMs,
      bodyTimeout: requestTimeoutMs,
    })
    const { statusCode, body } = await this.#pool.request({ path, method: 'GET' })
    return { status: statusCode, text: await body.text() }
  }
}

/** A reply over a connection of its own, with its bytes on the wire. */
export async function firstReply({
  url,
  requestTimeoutMs,
}: LoadedRoute): Promise<RouteReply & { readonly wireBytes: number }> {
  const request = get(url, { signal: AbortSignal.timeout(requestTimeoutMs), headers: { connection: 'keep-alive' } })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const { statusCode = 0, statusMessage = '', httpVersion, rawHeaders } = response
  const text = await wholeText(response)
  // Each name with its `: `, each value with its line end.
  const fields = rawHeaders.reduce((sum, each) => sum + Buffer.byteLength(each, 'latin1') + 2, 0)
  const statusLine = `HTTP/${httpVersion} ${statusCode} ${statusMessage}\r\n`
  return { status: statusCode, text, wireBytes: statusLine.length + fields + 2 + Buffer.byteLength(text) }
}
