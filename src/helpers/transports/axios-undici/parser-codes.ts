/**
 * The codes that Node's client gives what llhttp complains of, by its words (llhttp 9, `src/llhttp/http.ts`): Node and undici
 * have the same parser, and undici 8 loses its code.
 */
const codes: readonly (readonly [reason: RegExp, code: string])[] = [
  // Before those of what they name the end of.
  [/^Missing expected CR/, 'HPE_CR_EXPECTED'],
  [/^Missing expected LF/, 'HPE_LF_EXPECTED'],
  [/^Expected (CRLF|LF)|chunk extensions/, 'HPE_STRICT'],
  [/^Data after `Connection: close`/, 'HPE_CLOSED_CONNECTION'],
  [/chunk size/i, 'HPE_INVALID_CHUNK_SIZE'],
  [/status/, 'HPE_INVALID_STATUS'],
  [/version|^Expected dot/, 'HPE_INVALID_VERSION'],
  [/^Expected HTTP/, 'HPE_INVALID_CONSTANT'],
  [/Transfer-Encoding` header|^Request has|^Transfer-Encoding can't/, 'HPE_INVALID_TRANSFER_ENCODING'],
  [/^Duplicate Content-Length/, 'HPE_UNEXPECTED_CONTENT_LENGTH'],
  [/Content-Length/, 'HPE_INVALID_CONTENT_LENGTH'],
  [/header (token|value|field)/, 'HPE_INVALID_HEADER_TOKEN'],
  [/^Unexpected space/, 'HPE_UNEXPECTED_SPACE'],
  [/^Invalid EOF state/, 'HPE_INVALID_EOF_STATE'],
]

/** @returns Undefined for words that are not known. */
export function codeOfParser(reason: string): string | undefined {
  return codes.find(([known]) => known.test(reason))?.[1]
}
