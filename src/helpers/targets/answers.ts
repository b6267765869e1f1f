import { bytesOfText, compressedJson, largestBody, smallJson } from './bodies.ts'
import { routedAnswer } from './route-answers.ts'
import type { RoutesSource } from './target-source.ts'

export { smallJson, textOfBytes } from './bodies.ts'

/** What the target answers with, before it is put into bytes. */
export interface Answer {
  readonly status: number
  /** Without framing headers (`content-length`, `transfer-encoding`, `connection`), which the encoding adds. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Absent where the status forbids a body (204, 304). */
  readonly body?: Buffer
  /** Whether the body goes out in chunks rather than counted. Default false. */
  readonly chunked?: boolean
  /** The body as text, where it is compressed. Default: it is not. */
  readonly text?: string
  /** Milliseconds to wait before answering. Default 0. */
  readonly delayMs?: number
}

/** The parts of a request that decide about its answer. */
export interface Question {
  readonly method: string
  /** Path with query, beginning with a slash. */
  readonly path: string
  readonly contentType: string | undefined
  readonly body: Buffer
}

/** A request of a client, as far as it decides about its answer. */
export interface AskedRequest {
  readonly method: string
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a client has to get for a request, to compare its reply with. */
export interface ExpectedAnswer {
  readonly status: number
  /** Value of `content-type`; undefined where the answer has none. */
  readonly contentType: string | undefined
  /** The whole body; empty for HEAD and for statuses without one. */
  readonly text: string
}

/** Largest text that `/gzip/N` compresses, in bytes: it does so once a thread, while nobody else is answered. */
const largestCompressed = 1024 * 1024

/** Longest wait that `/delay/MS` accepts, in milliseconds. */
const longestDelayMs = 60_000

const json = (status: number, text: string): Answer => ({
  status,
  headers: [['content-type', 'application/json']],
  body: Buffer.from(text),
})

const ok = json(200, smallJson)
const notFound = json(404, '{"status":404}')
const noMethod: Answer = { ...json(405, '{"status":405}'), headers: [['allow', 'GET, HEAD, POST, PUT']] }
const empty = Buffer.alloc(0)

/**
 * The answer to a request, the same for equal requests. For HEAD it is the answer to GET; leaving out the body is the
 * encoding's work. Unknown paths and numbers out of range give 404, methods but GET, HEAD, POST and PUT 405.
 *
 * @param own Routes that come first. Default: none.
 */
export function answerTo(question: Question, own?: RoutesSource): Answer {
  const routed = own && routedAnswer(own, question)
  if (routed !== undefined) return routed
  if (!['GET', 'HEAD', 'POST', 'PUT'].includes(question.method)) return noMethod
  const delay = /^\/delay\/(\d{1,5})(?=[/?]|$)(.*)$/.exec(question.path)
  if (delay === null) return answerNow(question)
  const [, digits = '', rest = ''] = delay
  const delayMs = Number(digits)
  if (delayMs > longestDelayMs) return notFound
  const now = rest.startsWith('/') ? answerNow({ ...question, path: rest }) : ok
  return { ...now, delayMs }
}

/**
 * What the target answers to a client's request, redirects not followed.
 *
 * @param own Routes that come first. Default: none.
 */
export function expectedAnswer(request: AskedRequest, own?: RoutesSource): ExpectedAnswer {
  const { method, path, headers, body = '' } = request
  const answer = answerTo({ method, path, contentType: headers['content-type'], body: Buffer.from(body) }, own)
  const contentType = answer.headers.find(([name]) => name === 'content-type')?.[1]
  return {
    status: answer.status,
    contentType,
    text: method === 'HEAD' ? '' : (answer.text ?? answer.body?.toString() ?? ''),
  }
}

function answerNow({ path, contentType, body }: Question): Answer {
  const mark = path.indexOf('?')
  const bare = mark < 0 ? path : path.slice(0, mark)
  if (bare === '/json') return ok
  if (bare === '/echo') {
    return { status: 200, headers: [['content-type', contentType ?? 'application/octet-stream']], body }
  }
  if (bare === '/redirect') return redirect(302, '/json')
  const [, kind, digits] = /^\/(bytes|chunked|gzip|status|redirect)\/(\d{1,8})$/.exec(bare) ?? []
  const number = Number(digits)
  switch (kind) {
    case 'bytes':
    case 'chunked':
      return number > largestBody ? notFound : text(number, kind === 'chunked')
    case 'gzip':
      return number > largestCompressed ? notFound : gzip(number)
    case 'status':
      return status(number)
    case 'redirect':
      return redirect(number, new URLSearchParams(mark < 0 ? '' : path.slice(mark)).get('to') ?? '/json')
    default:
      return notFound
  }
}

function text(length: number, chunked: boolean): Answer {
  return { status: 200, headers: [['content-type', 'text/plain']], body: bytesOfText(length), chunked }
}

function gzip(length: number): Answer {
  const { text, bytes } = compressedJson(length)
  const headers = [
    ['content-type', 'application/json'],
    ['content-encoding', 'gzip'],
  ] as const
  return { status: 200, headers, body: bytes, text }
}

function status(code: number): Answer {
  if (code < 200 || code > 599) return notFound
  if (code === 204 || code === 304) return { status: code, headers: [] }
  // RFC 9110, 15.3.6: a 205 has no content, but says so by its length.
  if (code === 205) return { status: code, headers: [], body: empty }
  return json(code, JSON.stringify({ status: code }))
}

function redirect(code: number, to: string): Answer {
  if (![301, 302, 303, 307, 308].includes(code)) return notFound
  // Only paths of the same origin: a target must never send a client elsewhere. URL also drops line breaks.
  const base = 'http://127.0.0.1'
  const url = URL.canParse(to, base) ? new URL(to, base) : undefined
  if (url === undefined || url.origin !== base) return notFound
  return { status: code, headers: [['location', `${url.pathname}${url.search}`]], body: empty }
}
