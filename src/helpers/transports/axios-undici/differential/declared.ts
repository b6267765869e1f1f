import type { Outcome } from './outcome.ts'

/**
 * A difference between axios's http adapter and this one that is there on purpose. Those over HTTP/2 are the tests of
 * `http2.test.ts`; a proxy that refuses a tunnel is in `proxies.test.ts`. What differs on the wire in every request is in
 * `framing.ts`.
 */
interface DeclaredDifference {
  /** Names of the cases that show it. */
  readonly cases: readonly string[]
  /**
   * What this adapter gives instead in each of them, by the path of what differs. An object stands for everything below its
   * path, and is what the values of its own names are; undefined is for nothing at all.
   */
  readonly ours: Readonly<Record<string, unknown>>
  readonly reason: string
}

/** Names of cases of odd answers, as `odd-answer-cases.ts` makes them. */
const inThreeWays = (...answers: readonly string[]): readonly string[] =>
  answers.flatMap((answer) =>
    ['plainly', 'as a stream', 'without redirects'].map((way) => `an answer ${answer}, ${way}`),
  )

const wrongLength = {
  code: 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  message: 'Response body length does not match content-length header',
} as const

const okay = { status: 200, statusText: 'OK', data: ['string', 'ok'] }

export const declared: readonly DeclaredDifference[] = [
  {
    cases: ['get with a stream', 'delete with a stream', 'head with a stream', 'options with a stream'],
    ours: {
      rejected: undefined,
      resolved: { status: 200 },
      'sent.0.unframed': 'stream',
      'sent.0.body': '6\r\nstream\r\n0\r\n\r\n',
      'sent.0.framing': ['connection: keep-alive', 'host: 127.0.0.1:PORT', 'transfer-encoding: chunked'],
    },
    reason: "Node's client sends such a body without saying where it ends, which servers refuse; undici sends chunks",
  },
  {
    cases: [
      ...['get', 'delete', 'head', 'options'].map((method) => `${method} with an empty Buffer`),
      'a method of its own',
    ],
    ours: { 'sent.0.framing': ['connection: keep-alive', 'host: 127.0.0.1:PORT'] },
    reason: 'undici leaves out a length of 0 but for methods that have a body by rule (RFC 9110, 8.6)',
  },
  {
    cases: ['an answer longer than its length', 'an answer longer than its length, without redirects'],
    ours: { rejected: undefined, resolved: okay },
    reason: 'undici takes a response to end at its length, and closes the connection without a look at what follows',
  },
  {
    cases: ['an answer in pieces', 'an answer in pieces, as a stream', 'an answer in pieces, without redirects'],
    ours: { 'resolved.statusText': '' },
    reason: 'undici forgets the reason of a status when the line comes in several packets',
  },
  {
    cases: [
      'an answer after a leave to go on that nobody asked for',
      'an answer after a leave to go on that nobody asked for, as a stream',
    ],
    ours: {
      resolved: undefined,
      rejected: { class: 'AxiosError', code: 'ECONNRESET', message: 'socket hang up' },
    },
    reason: 'undici takes a `100 Continue` that it did not ask for as a fault of the server, and hangs up',
  },
  {
    cases: ['by its length', 'in chunks'].flatMap((where) =>
      ['', ', without redirects'].map((way) => `an answer cut short ${where}${way}`),
    ),
    ours: { 'rejected.cause': { name: 'SocketError', code: 'UND_ERR_SOCKET', message: 'other side closed' } },
    reason: 'the error tells what became of the connection; that of the http adapter has no cause',
  },
  {
    cases: inThreeWays('with its length twice', 'with two lengths', 'with a length beside chunks'),
    ours: { rejected: { class: 'AxiosError', ...wrongLength } },
    reason: 'undici compares lengths before it looks at what else is wrong with them',
  },
  {
    cases: inThreeWays('of status 099', 'of status 101 that nobody asked for'),
    ours: {
      rejected: {
        class: 'AxiosError',
        code: 'HPE_INVALID_STATUS',
        message: 'Parse Error: a status that undici does not take',
        response: undefined,
      },
    },
    reason: 'undici takes such a status for a fault of the server',
  },
  {
    cases: ['an answer of status 204 with a body, plainly', 'an answer of status 204 with a body, without redirects'],
    ours: { rejected: undefined, resolved: { status: 204, data: ['string', ''] } },
    reason:
      'undici takes the response to end with its headers, and closes the connection without a look at what follows',
  },
  {
    cases: inThreeWays('with a reason in Latin'),
    ours: { 'resolved.statusText': 'Tr\ufffds bien' },
    reason: 'undici reads the reason of a status as UTF-8',
  },
  {
    cases: ['plainly', 'without redirects'].map((way) => `an answer with blanks around its header values, ${way}`),
    ours: { resolved: undefined, rejected: { class: 'AxiosError', code: 'ERR_BAD_RESPONSE' } },
    reason: 'undici takes a length with blanks behind it for none',
  },
  {
    cases: ['an answer with blanks around its header values, as a stream'],
    ours: { 'resolved.data': ['stream that fails', ['Error', 'ECONNRESET', 'aborted']] },
    reason: 'undici takes a length with blanks behind it for none',
  },
]

/** What of a found outcome is not as it is declared: the path, and what is there. */
export function unlikeDeclared(found: Outcome, path: string, value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) {
    const below = Object.entries(value).flatMap(([name, inner]) => unlikeDeclared(found, `${path}.${name}`, inner))
    // A list is declared whole.
    return Array.isArray(value) ? [...below, ...unlikeDeclared(found, `${path}.${value.length}`, undefined)] : below
  }
  const isThere =
    value === undefined
      ? Object.keys(found).some((one) => one === path || one.startsWith(`${path}.`))
      : found[path] !== value
  return isThere ? [`${path} is ${JSON.stringify(found[path])}, declared is ${JSON.stringify(value)}`] : []
}
