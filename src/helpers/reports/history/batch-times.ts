/** As records are written. Within a JSON string its quotes would be escaped, so that this is always a key. */
const key = '"batchUs":['

const end = ']'

/**
 * The text of a record without its batch times, which are nine tenths of it where every pair was measured: most readers look
 * at what follows from them, which the record has as well, and parsing them takes longer than everything else.
 *
 * @param text Of a record as it is written; what was formatted by hand stays as it is.
 */
export function withoutBatchTimes(text: string): string {
  const parts: string[] = []
  let from = 0
  for (;;) {
    const found = text.indexOf(key, from)
    const closed = found < 0 ? found : text.indexOf(end, found)
    if (closed < 0) return parts.join('') + text.slice(from)
    parts.push(text.slice(from, found + key.length))
    from = closed
  }
}
