import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'

/**
 * Header lines as `rawHeaders` of Node has them: names and values by turns.
 *
 * @param kind Of undici's controller, which has them as they came; not in every version, and not over HTTP/2.
 * @param parsed Taken where undici does not tell: names in lower case, in the order in which each came first.
 */
export function rawLines(
  controller: Dispatcher.DispatchController,
  kind: 'rawHeaders' | 'rawTrailers',
  parsed: IncomingHttpHeaders,
): readonly string[] {
  const raw: unknown = Reflect.get(controller, kind)
  if (Array.isArray(raw)) return raw.map((each) => (Buffer.isBuffer(each) ? each.toString('latin1') : String(each)))
  return Object.entries(parsed).flatMap(([name, value = '']) => [value].flat().flatMap((each) => [name, each]))
}
