/**
 * A whole body as text. Decoding happens once, at the end, so that no character is cut in two where chunks meet. A body
 * of one chunk, the common case, is decoded where it lies instead of being copied first.
 */
export function bodyText(chunks: readonly Buffer[]): string {
  const [first] = chunks
  return first !== undefined && chunks.length === 1 ? first.toString() : Buffer.concat(chunks).toString()
}
