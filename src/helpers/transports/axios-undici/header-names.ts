/** Headers that undici decides about by itself: it refuses to be given them, or has no use for them (`trailer`). */
const refused: ReadonlySet<string> = new Set(['expect', 'keep-alive', 'trailer', 'transfer-encoding', 'upgrade'])

/** Of which undici takes one value and sends it as it is only in this form; Node's client takes anything. */
const restricted: ReadonlyMap<string, RegExp> = new Map([
  ['connection', /^(close|keep-alive)$/i],
  ['content-length', /^\d+$/],
  ['host', /./],
])

/** What HTTP calls a token (RFC 9110, 5.6.2): names of headers and methods. */
export const token = /^[\w!#$%&'*+.^`|~-]+$/

/** What is known of a header by its name alone. */
export interface HeaderName {
  readonly lower: string
  readonly isToken: boolean
  readonly isRefused: boolean
  /** The form of the one value that undici takes. */
  readonly form: RegExp | undefined
}

/** Programs have few names, and have them in every request. More than these are looked at each time. */
const mostRemembered = 1_000
const remembered = new Map<string, HeaderName>()

/** What is known of a header, whose name may have capitals. */
export function headerName(name: string): HeaderName {
  const known = remembered.get(name)
  if (known !== undefined) return known
  const lower = name.toLowerCase()
  const found = { lower, isToken: token.test(name), isRefused: refused.has(lower), form: restricted.get(lower) }
  if (remembered.size < mostRemembered) remembered.set(name, found)
  return found
}
