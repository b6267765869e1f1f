/**
 * Reads one header out of whatever a client's library gives: an object with `get` (`Headers`, axios's headers), a
 * record of strings or lists of strings with names in any case, undici's flat list of names and values (strings or
 * buffers), or a list of pairs. A header that came more than once is joined by `, `, as `Headers` does.
 */
export function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined
  if ('get' in headers && typeof headers.get === 'function') return valueText(headers.get(name))
  const wanted = name.toLowerCase()
  const values = pairsOf(headers).flatMap(([key, value]) =>
    String(key).toLowerCase() === wanted ? (valueText(value) ?? []) : [],
  )
  return values.length === 0 ? undefined : values.join(', ')
}

function pairsOf(headers: object): readonly (readonly [unknown, unknown])[] {
  if (!Array.isArray(headers)) return Object.entries(headers)
  const list: readonly unknown[] = headers
  // In a list of pairs every item is itself a list; in a flat one, names (never lists) stand at the even places.
  if (Array.isArray(list[0]))
    return list.map((pair) => (Array.isArray(pair) ? [pair[0], pair[1]] : [undefined, undefined]))
  return list.flatMap((key, at) => (at % 2 === 0 ? [[key, list[at + 1]] as const] : []))
}

function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return Array.isArray(value) ? value.map(String).join(', ') : String(value)
}
