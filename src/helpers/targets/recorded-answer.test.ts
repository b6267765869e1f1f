import { expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { startTarget } from './target.ts'
import { ModuleFolder } from './test-module.ts'

const modules = new ModuleFolder()

/** Each answers its first request in one way, and its second in another. */
const module = modules.write(
  'changing.mjs',
  `import { gzipSync } from 'node:zlib'
  let asked = 0
  const changing = (first, second) => (request, response) => (asked++ % 2 === 0 ? first : second)(response)
  export const status = changing((r) => r.end('a'), (r) => r.writeHead(503).end('a'))
  export const type = changing((r) => r.setHeader('content-type', 'a/b').end('a'), (r) => r.setHeader('content-type', 'a/c').end('a'))
  export const names = changing((r) => r.setHeader('x-a', '1').end('a'), (r) => r.setHeader('x-b', '1').end('a'))
  export const header = changing((r) => r.setHeader('x-left', '10').end('a'), (r) => r.setHeader('x-left', '9').end('a'))
  export const length = changing((r) => r.end('10'), (r) => r.end('9'))
  export const chunks = changing((r) => { r.write('1'); r.end('0') }, (r) => { r.write('1'); r.end('00') })
  export const body = changing((r) => r.end('{"id":1,"at":1000}'), (r) => r.end('{"id":1,"at":1001}'))
  export const value = changing((r) => r.setHeader('x-id', 'a').end('a'), (r) => r.setHeader('x-id', 'b').end('a'))
  export const gzip = (request, response) => {
    const coded = request.headers['accept-encoding'] === 'gzip'
    if (coded) response.setHeader('content-encoding', 'gzip')
    response.setHeader('content-type', 'text/plain').end(coded ? gzipSync('text') : 'text')
  }`,
)

const asked = { method: 'GET', path: '/items', headers: {} }

test.each<[string, string]>([
  ['status', 'status 200, then 503'],
  ['type', 'content-type is "a/b", then "a/c"'],
  ['names', 'with the headers connection, content-length, date, x-a, then with connection, content-length, date, x-b'],
  ['header', 'x-left is "10", then "9"'],
  ['length', 'a body of 2 bytes, then one of 1'],
  ['chunks', 'a body of 2 bytes, then one of 3'],
  ['body', String.raw`the bodies differ at byte 16: "{\"id\":1,\"at\":1000}", then "{\"id\":1,\"at\":1001}"`],
])('two equal requests with another %s in the answer are no equal work', async (exportName, difference) => {
  await using target = await startTarget({ ports: 1, source: { kind: 'server', module, exportName } })
  await expect(target.answerTo(asked)).rejects.toThrow(
    new UsageError(
      `two equal requests, GET /items, are answered differently by ${exportName} in ${module}: ${difference}. Work can be shown ` +
        'to be equal only where equal requests have equal answers: give it the same data, identifiers and times in each',
    ),
  )
})

test('another value of the same length in a header is equal work', async () => {
  await using target = await startTarget({ ports: 1, source: { kind: 'server', module, exportName: 'value' } })
  expect(await target.answerTo(asked)).toEqual({ status: 200, contentType: undefined, text: 'a' })
})

test('a compressed answer is known by its text', async () => {
  await using target = await startTarget({ ports: 1, source: { kind: 'server', module, exportName: 'gzip' } })
  const text = { status: 200, contentType: 'text/plain', text: 'text' }
  expect(await target.answerTo(asked)).toEqual(text)
  expect(await target.answerTo({ ...asked, headers: { 'accept-encoding': 'gzip' } })).toEqual(text)
})
