import { Readable } from 'node:stream'
import {
  type AxiosError,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
  isAxiosError,
  isCancel,
} from 'axios'
import { wireRequestOf } from './framing.ts'
import type { RecordedRequest } from './raw-requests.ts'
import { roundHeader } from './recording-server.ts'
import { seenConfig } from './seen-config.ts'

/** Everything that a caller and a server can see of a call, as plain data: a path such as `sent.0.line` to each value. */
export type Outcome = Readonly<Record<string, unknown>>

/** A call that is made to be looked at. */
export interface WatchedCall {
  readonly client: AxiosInstance
  readonly config: AxiosRequestConfig
  /** What the adapter was given, once it was called. */
  readonly given: () => InternalAxiosRequestConfig | undefined
  /** What came to the server, to be asked once nothing is on its way any more. */
  readonly sent: () => Promise<readonly RecordedRequest[]>
  /** Of the server, whose port is left out of what is seen. */
  readonly origin: string
}

/** Makes a call and says what came of it. */
export async function outcomeOf(call: WatchedCall): Promise<Outcome> {
  const neutral = neutralFor(new URL(call.origin).port)
  const seen = { ...(await resultOf(call)), sent: (await call.sent()).map(seenRequest) }
  return Object.fromEntries(
    Object.entries(flattened(seen)).map(([path, value]) => [path, typeof value === 'string' ? neutral(value) : value]),
  )
}

/** The paths whose values differ, sorted. */
export function differingPaths(one: Outcome, other: Outcome): readonly string[] {
  const paths = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...paths].filter((path) => JSON.stringify(one[path]) !== JSON.stringify(other[path])).sort()
}

/** Leaves out what is another each time: ports, boundaries of forms, dates, rounds. */
function neutralFor(port: string): (text: string) => string {
  return (text) =>
    text
      .replaceAll(`:${port}`, ':PORT')
      .replace(/-boundary-[\w-]+/g, '-boundary-X')
      .replace(/^\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT$/, 'DATE')
}

async function resultOf({ client, config, given }: WatchedCall) {
  try {
    return { resolved: await seenResponse(await client.request(config), given()) }
  } catch (error) {
    return { rejected: await seenError(error, given()) }
  }
}

async function seenResponse(response: AxiosResponse, given: InternalAxiosRequestConfig | undefined) {
  const { status, statusText, headers, data, request, config } = response
  return {
    status,
    statusText,
    headers: { ...headers },
    /** Kind of the data, and its bytes or value. */
    data: await seenData(data),
    /** Where it came from after all redirects. */
    url: request?.res?.responseUrl,
    names: Object.keys(response).sort().join(),
    config: seenConfig(config, given),
  }
}

async function seenData(data: unknown): Promise<readonly [kind: string, value: unknown]> {
  if (Buffer.isBuffer(data)) return ['Buffer', data.toString('base64')]
  if (data instanceof Readable) return await seenStream(data)
  if (data instanceof Blob) return [`Blob of ${data.type}`, Buffer.from(await data.arrayBuffer()).toString('base64')]
  if (data instanceof ArrayBuffer) return ['ArrayBuffer', Buffer.from(data).toString('base64')]
  if (ArrayBuffer.isView(data)) {
    return [data.constructor.name, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')]
  }
  return [data === null ? 'null' : typeof data, data]
}

async function seenStream(data: Readable): Promise<readonly [kind: string, value: unknown]> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of data) chunks.push(Buffer.from(chunk))
  } catch (error) {
    const { code, message } = error as AxiosError
    return ['stream that fails', [classOf(error), code, message]]
  }
  return ['stream', Buffer.concat(chunks).toString('base64')]
}

async function seenError(error: unknown, given: InternalAxiosRequestConfig | undefined) {
  const { name, code, message, status, cause, config, request, response } = error as AxiosError
  return {
    class: classOf(error),
    name,
    code,
    message,
    status,
    cause: seenCause(cause),
    isAxiosError: isAxiosError(error),
    isCancel: isCancel(error),
    config: seenConfig(config, given),
    hasRequest: Boolean(request),
    sharesConfig: response && response.config === config,
    response: response === undefined ? undefined : await seenResponse(response, given),
  }
}

/** Which is not its name: axios gives its own errors the names of what caused them. */
function classOf(error: unknown): string {
  return error instanceof Object ? error.constructor.name : typeof error
}

function seenCause(cause: unknown): unknown {
  if (!(cause instanceof Error)) return typeof cause
  const { name, code, message } = cause as NodeJS.ErrnoException
  return { name, code, message }
}

function seenRequest({ raw, body }: RecordedRequest) {
  const { headers, ...request } = wireRequestOf(raw)
  const own = headers.filter((header) => !header.startsWith(`${roundHeader}:`))
  return { ...request, headers: own.join('\n'), unframed: body.toString('latin1') }
}

function flattened(value: unknown, path = ''): Outcome {
  if (typeof value !== 'object' || value === null) return value === undefined ? {} : { [path]: value }
  const entries = Object.entries(value).map(([name, inner]) => flattened(inner, path === '' ? name : `${path}.${name}`))
  return entries.length === 0 ? { [path]: value } : Object.assign({}, ...entries)
}
