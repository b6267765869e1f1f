/** The most characters of anything that a message quotes. */
const quoted = 60

/** The beginning of a text, as JSON writes it. */
export function excerptOfText(text: string): string {
  const shown = JSON.stringify(text.slice(0, quoted))
  return text.length > quoted ? `${shown}… (${text.length} characters)` : shown
}

/** The beginning of the JSON of anything that a client gave; what has none is told by its type. */
export function excerptOf(value: unknown): string {
  const json = jsonOf(value)
  if (json === undefined) return value === undefined ? 'undefined' : `a ${typeof value}`
  return json.length > quoted ? `${json.slice(0, quoted)}… (${json.length} characters)` : json
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    // A circle, or a bigint.
    return undefined
  }
}
