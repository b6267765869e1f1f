import { type IncomingMessage, request as requestPlainly } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { UsageError } from '../budgets/usage-error.ts'
import type { AskedRequest, ExpectedAnswer } from './answers.ts'
import { decoded } from './content-coding.ts'
import { unansweredField } from './msw-listener.ts'

/** One answer as it came. */
interface Recorded {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

/** Where to ask. */
interface Recorder {
  /** Scheme, address and port. */
  readonly origin: string
  /** Where the origin speaks TLS, as PEM. */
  readonly certificate: string | undefined
  /** The server in messages. */
  readonly name: string
}

/**
 * What a server answers to a request, found by asking it twice over connections of their own: answers that differ are no equal
 * work.
 *
 * @throws {UsageError} when the two answers differ, or no handler has answered.
 */
export async function recordedAnswer(recorder: Recorder, asked: AskedRequest): Promise<ExpectedAnswer> {
  const first = await record(recorder, asked)
  const question = `${asked.method} ${asked.path}`
  if (first.headers.has(unansweredField)) {
    throw new UsageError(`no handler of ${recorder.name} answers ${question}; the handlers' \`origin\` may be another`)
  }
  const difference = differenceOf(first, await record(recorder, asked))
  if (difference !== undefined) {
    throw new UsageError(
      `two equal requests, ${question}, are answered differently by ${recorder.name}: ${difference}. Work can be shown to be ` +
        'equal only where equal requests have equal answers: give it the same data, identifiers and times in each',
    )
  }
  const { status, headers, body } = first
  return {
    status,
    contentType: headers.get('content-type'),
    text: decoded(body, headers.get('content-encoding')).toString(),
  }
}

async function record({ origin, certificate }: Recorder, asked: AskedRequest): Promise<Recorded> {
  const { path, method, headers, body } = asked
  const { hostname, port } = new URL(origin)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { agent: false as const, hostname, port, path, method, headers: { ...headers } }
    const outgoing =
      certificate === undefined ? requestPlainly(options) : requestSecurely({ ...options, ca: certificate })
    outgoing.on('response', resolve).on('error', reject).end(body)
  })
  const fields = new Map<string, string>()
  for (let at = 0; at + 1 < response.rawHeaders.length; at += 2) {
    const name = (response.rawHeaders[at] ?? '').toLowerCase()
    const before = fields.get(name)
    const value = response.rawHeaders[at + 1] ?? ''
    fields.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return { status: response.statusCode ?? 0, headers: fields, body: await buffer(response) }
}

/** What would make the work of two requests differ, in words; undefined where nothing does. */
function differenceOf(first: Recorded, second: Recorded): string | undefined {
  if (first.status !== second.status) return `status ${first.status}, then ${second.status}`
  const [names, others] = [first, second].map(({ headers }) => [...headers.keys()].toSorted().join(', '))
  if (names !== others) return `with the headers ${names}, then with ${others}`
  for (const [name, value] of first.headers) {
    const other = second.headers.get(name) ?? ''
    // Of other headers the value may change, as a date does, but not what it takes on the wire.
    if (name === 'content-type' ? value !== other : value.length !== other.length) {
      return `${name} is ${JSON.stringify(value)}, then ${JSON.stringify(other)}`
    }
  }
  if (first.body.length !== second.body.length) {
    return `a body of ${first.body.length} bytes, then one of ${second.body.length}`
  }
  if (first.body.equals(second.body)) return undefined
  const at = first.body.findIndex((byte, index) => byte !== second.body[index])
  const around = ({ body }: Recorded) => JSON.stringify(body.subarray(Math.max(0, at - 20), at + 20).toString())
  return `the bodies differ at byte ${at}: ${around(first)}, then ${around(second)}`
}
