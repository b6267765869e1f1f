import http from 'node:http'
import net from 'node:net'
import { expect, test } from 'vitest'
import { codeOfParser } from './parser-codes.ts'
import { Stage } from './test-stage.ts'

const ok = 'HTTP/1.1 200 OK\r\n'
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`

/** Answers that the parser refuses, each for a reason of its own, by the code that Node's client gives. */
const refused: Readonly<Record<string, readonly string[]>> = {
  HPE_CLOSED_CONNECTION: [`${ok}Content-Length: 2\r\nConnection: close\r\n\r\nokay`],
  HPE_CR_EXPECTED: ['HTTP/1.1 200 OK\nx: 1\r\n\r\n', `${ok}x: 1\nContent-Length: 0\r\n\r\n`, `${chunked}2\nok`],
  HPE_INVALID_CHUNK_SIZE: [`${chunked}zz\r\n`, `${chunked}${'f'.repeat(21)}\r\n`],
  HPE_INVALID_CONSTANT: ['SSH-2.0\r\n\r\n'],
  HPE_INVALID_CONTENT_LENGTH: [
    `${ok}Content-Length: two\r\n\r\n`,
    `${ok}Content-Length: ${'9'.repeat(21)}\r\n\r\n`,
    `${ok}Content-Length: \r\n\r\n`,
    `${ok}Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n`,
  ],
  HPE_INVALID_HEADER_TOKEN: [`${ok}no colon\r\n\r\n`, `${ok}x: a\0b\r\n\r\n`, `${chunked}0\r\nno colon\r\n\r\n`],
  HPE_INVALID_STATUS: ['HTTP/1.1 20 OK\r\n\r\n', 'HTTP/1.1 2000 OK\r\n\r\n'],
  HPE_INVALID_TRANSFER_ENCODING: [`${ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`],
  HPE_INVALID_VERSION: [
    'HTTP/9.9 200 OK\r\n\r\n',
    'HTTP/1,1 200 OK\r\n\r\n',
    'HTTP/x.1 200 OK\r\n\r\n',
    'HTTP/1.x 200 OK\r\n\r\n',
    'HTTP/1.1x200 OK\r\n\r\n',
  ],
  HPE_LF_EXPECTED: [`${ok}x: 1\ry: 1\r\n\r\n`],
  HPE_STRICT: [
    'HTTP/1.1 200 OK\rx\r\n\r\n',
    `${ok}x: 1\r\n\rx`,
    `${chunked}2\rxok`,
    `${chunked}2\r\nokxx`,
    `${chunked}2; \r\nok`,
    `${chunked}2;a=\x01\r\nok`,
    `${chunked}2;a="\x01"\r\nok`,
  ],
  HPE_UNEXPECTED_CONTENT_LENGTH: [`${ok}Content-Length: 2\r\nContent-Length: 2\r\n\r\n`],
  HPE_UNEXPECTED_SPACE: [`${ok} x: 1\r\n\r\n`],
}

interface ParseError extends NodeJS.ErrnoException {
  readonly reason?: string
}

/** What Node's client says of an answer. */
async function refusalOf(answer: string): Promise<ParseError> {
  await using stage = new Stage()
  const server = net.createServer((socket) => {
    socket.once('data', () => socket.end(Buffer.from(answer, 'latin1')))
  })
  const port = await stage.listen(server)
  const { promise, resolve, reject } = Promise.withResolvers<ParseError>()
  http
    .get({ host: '127.0.0.1', port, agent: false }, (response) => {
      response
        .resume()
        .once('error', resolve)
        .once('end', () => reject(new Error('was not refused')))
    })
    .once('error', resolve)
  return await promise
}

test.each(Object.entries(refused).flatMap(([code, answers]) => answers.map((answer) => [code, answer] as const)))(
  '%s is told from the words for it, as of %j',
  async (code, answer) => {
    const { code: ofNode, reason = '' } = await refusalOf(answer)
    expect(ofNode).toBe(code)
    expect(codeOfParser(reason)).toBe(code)
  },
)

test.each([
  ['HPE_INVALID_EOF_STATE', 'Invalid EOF state'],
  [undefined, 'something new'],
])('%s is told from the words %j, which Node’s client never gives', (code, reason) => {
  expect(codeOfParser(reason)).toBe(code)
})
