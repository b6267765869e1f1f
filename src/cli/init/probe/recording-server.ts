import { isUtf8 } from 'node:buffer'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that arrived. */
export interface Arrival {
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Of its headers, the one that says what the body is. */
  readonly contentType?: string
  /** Absent where there is none, and where it is no text. */
  readonly body?: string
}

/** A server on loopback that answers everything with one JSON text, and notes what it was asked. */
export interface RecordingServer extends AsyncDisposable {
  readonly origin: string
  /** Takes what has arrived since the last call. */
  taken(): readonly Arrival[]
}

/** Starts it. @param json What it answers, with status 200. */
export async function recordingServer(json: string): Promise<RecordingServer> {
  let arrived: Arrival[] = []
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = await request.toArray()
    const sent = Buffer.concat(chunks)
    const { 'content-type': contentType } = request.headers
    arrived.push({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      ...(contentType !== undefined && { contentType }),
      ...(sent.length > 0 && isUtf8(sent) && { body: sent.toString() }),
    })
    response.writeHead(200, { 'content-type': 'application/json' }).end(json)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken() {
      const taken = arrived
      arrived = []
      return taken
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
