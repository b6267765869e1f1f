import { STATUS_CODES } from 'node:http'
import type { Answer } from './answers.ts'
import { chunkedFraming } from './bodies.ts'

/** How an answer has to be put for the request it belongs to. */
export interface Encoding {
  /** True for HEAD: the headers of GET and no body. */
  readonly headOnly: boolean
  /** Minor version of the request: chunked framing is for 1.1 only. */
  readonly minorVersion: 0 | 1
  readonly keepAlive: boolean
}

/** Answer of the expectation `100-continue`. */
export const continueBytes: Buffer = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n', 'latin1')

// Below this copying a body behind its head is cheaper than a second buffer in the same write.
const joinBelow = 65_536

/**
 * The bytes of an answer, in one buffer, or two where the body is large: it is shared with other answers, not copied.
 * There is no `date` header, so that equal requests get equal bytes.
 */
export function encodeAnswer(answer: Answer, { headOnly, minorVersion, keepAlive }: Encoding): Buffer[] {
  const chunked = answer.chunked === true && minorVersion === 1
  let head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n`
  for (const [name, value] of answer.headers) head += `${name}: ${value}\r\n`
  if (chunked) head += 'transfer-encoding: chunked\r\n'
  else if (answer.body !== undefined) head += `content-length: ${answer.body.length}\r\n`
  if (!keepAlive) head += 'connection: close\r\n'
  else if (minorVersion === 0) head += 'connection: keep-alive\r\n'
  const headBytes = Buffer.from(`${head}\r\n`, 'latin1')
  if (headOnly || answer.body === undefined) return [headBytes]
  const body = chunked ? chunkedFraming(answer.body) : answer.body
  return body.length < joinBelow ? [Buffer.concat([headBytes, body])] : [headBytes, body]
}

/** The bytes of the answer to what is no acceptable request; the connection ends after it. */
export function encodeRefusal(status: number, reason: string): Buffer[] {
  const body = Buffer.from(`${reason}\n`)
  return encodeAnswer(
    { status, headers: [['content-type', 'text/plain']], body },
    { headOnly: false, minorVersion: 1, keepAlive: false },
  )
}
