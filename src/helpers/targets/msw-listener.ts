import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { MswSource } from './target-source.ts'

/** msw's own resolution of handlers (its export `getResponse`, since 2.3), as far as it is needed. */
export type GetResponse = (
  handlers: readonly unknown[],
  request: Request,
  context: { readonly baseUrl: string; readonly quiet: boolean },
) => Promise<Response | undefined>

/** Header field of the answer to a request that no handler has answered. */
export const unansweredField = 'x-wiregauge-unanswered'

/**
 * Answers requests by msw's handlers, as if they were addressed to the origin that the handlers know. Relative paths of handlers
 * are of that origin, too.
 */
export function mswListener(
  handlers: readonly unknown[],
  getResponse: GetResponse,
  { origin }: Pick<MswSource, 'origin'>,
): RequestListener {
  return async (request, response) => {
    const asked = new Request(origin + request.url, await initOf(request, origin))
    const found = await getResponse(handlers, asked, { baseUrl: origin, quiet: true }).catch(thrown)
    if (found?.type === 'error') response.destroy()
    else if (found === undefined || isPassedThrough(found)) {
      response.writeHead(404, { [unansweredField]: 'true', 'content-length': 0 }).end()
    } else await write(found, response)
  }
}

async function initOf(request: IncomingMessage, origin: string): Promise<RequestInit> {
  const { method = 'GET', rawHeaders } = request
  const headers = new Headers()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  headers.set('host', new URL(origin).host)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return { method, headers, ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }) }
}

/** As msw does under `setupServer`: a handler that throws is a server that fails. */
function thrown(error: unknown): Response {
  const message = error instanceof Error ? error.message : String(error)
  return Response.json({ message }, { status: 500, statusText: 'Unhandled Exception' })
}

/** `passthrough()` leaves the request to the real server, and there is none. */
function isPassedThrough({ status, headers }: Response): boolean {
  return status === 302 && headers.get('x-msw-intention') === 'passthrough'
}

async function write(found: Response, response: ServerResponse): Promise<void> {
  const body = Buffer.from(await found.arrayBuffer())
  for (const [name, value] of found.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  const cookies = found.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  // Nothing of msw is on the way between machines: the body is there as a whole.
  if (found.status !== 204 && found.status !== 304) response.setHeader('content-length', body.length)
  if (found.statusText !== '') response.statusMessage = found.statusText
  response.statusCode = found.status
  response.end(body)
}
