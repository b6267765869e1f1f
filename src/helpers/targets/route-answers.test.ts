import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { http } from '../clients/http.ts'
import { answerTo, expectedAnswer, smallJson } from './answers.ts'
import { startTarget } from './target.ts'
import type { Route, RoutesSource } from './target-source.ts'
import { ModuleFolder } from './test-module.ts'

const modules = new ModuleFolder()

const by = (...routes: readonly Route[]): RoutesSource => ({ kind: 'routes', routes })
const get = (path: string, method = 'GET') => ({ method, path, headers: {} })

describe('a route', () => {
  test('answers with its JSON, its text or nothing, and with a content type that fits', () => {
    const own = by(
      { path: '/json-of-ours', json: { id: 42 } },
      { path: '/text', body: 'some text' },
      { path: '/nothing', status: 202 },
      { path: '/none', status: 204 },
      { path: '/typed', json: [1], headers: { 'Content-Type': 'application/vnd.api+json' } },
    )
    expect(expectedAnswer(get('/json-of-ours'), own)).toEqual({
      status: 200,
      contentType: 'application/json',
      text: '{"id":42}',
    })
    expect(expectedAnswer(get('/text'), own)).toEqual({ status: 200, contentType: 'text/plain', text: 'some text' })
    expect(expectedAnswer(get('/nothing'), own)).toEqual({ status: 202, contentType: undefined, text: '' })
    expect(expectedAnswer(get('/none'), own)).toEqual({ status: 204, contentType: undefined, text: '' })
    expect(expectedAnswer(get('/typed'), own)).toMatchObject({ contentType: 'application/vnd.api+json', text: '[1]' })
  })

  test.each([
    ['/items', '/items', true],
    ['/items', '/items?12ab', true],
    ['/items', '/items/42', false],
    ['/items', '/item', false],
    ['/items?page=2', '/items?page=2', true],
    ['/items?page=2', '/items?page=2&12ab', true],
    ['/items?page=2', '/items?page=21', false],
    ['/items?page=2', '/items', false],
  ])('for %s, asked for %s, answers: %s', (path, asked, answers) => {
    expect(expectedAnswer(get(asked), by({ path, body: 'own' })).text === 'own').toBe(answers)
  })

  test('answers its method alone, GET that of HEAD as well, and without one every method', () => {
    const own = by({ path: '/a', method: 'GET', body: 'own' }, { path: '/b', method: 'POST', body: 'own' })
    expect(expectedAnswer(get('/a'), own).text).toBe('own')
    expect(expectedAnswer(get('/a', 'HEAD'), own)).toEqual({ status: 200, contentType: 'text/plain', text: '' })
    expect(expectedAnswer(get('/a', 'POST'), own).status).toBe(404)
    expect(expectedAnswer(get('/b'), own).status).toBe(404)
    expect(expectedAnswer(get('/b', 'POST'), own).text).toBe('own')
    expect(expectedAnswer(get('/c', 'PATCH'), by({ path: '/c', body: 'own' })).text).toBe('own')
  })

  test('comes before the target’s own, and the first before the second; what is unknown is answered as ever', () => {
    const own = by({ path: '/status/200', body: 'first' }, { path: '/status/200', body: 'second' })
    expect(expectedAnswer(get('/status/200'), own).text).toBe('first')
    expect(expectedAnswer(get('/json'), own).text).toBe(smallJson)
    expect(expectedAnswer(get('/nowhere'), own).status).toBe(404)
  })

  test('hands on recorded headers but for those that frame the body, and the date', () => {
    const headers = {
      'X-Id': '7',
      'Content-Length': '3',
      'transfer-encoding': 'chunked',
      Connection: 'close',
      date: 'x',
    }
    const { headers: answered } = answerTo(
      { ...get('/a'), contentType: undefined, body: Buffer.alloc(0) },
      by({ path: '/a', body: 'own', headers }),
    )
    expect(answered).toEqual([
      ['content-type', 'text/plain'],
      ['x-id', '7'],
    ])
  })

  test('answers with the bytes of a file, whose text is known where they are compressed', () => {
    const bodyFile = modules.write('item.json', '{"id":42}')
    const packed = modules.write('packed.bin', '')
    writeFileSync(fileURLToPath(packed), gzipSync('{"id":43}'))
    const own = by(
      { path: '/file', bodyFile },
      {
        path: '/packed',
        bodyFile: packed,
        headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
      },
    )
    expect(expectedAnswer(get('/file'), own)).toMatchObject({ contentType: 'application/json', text: '{"id":42}' })
    expect(expectedAnswer(get('/packed'), own)).toMatchObject({ contentType: 'application/json', text: '{"id":43}' })
  })
})

test('a target answers by its routes, a token and an item, after their delay', async () => {
  const source = by(
    { method: 'POST', path: '/token', json: { token: 'abc' } },
    { path: '/items/42', json: { id: 42 }, headers: { 'x-own': 'yes' }, delayMs: 1 },
  )
  await using target = await startTarget({ ports: 1, source })
  const origin = `http://127.0.0.1:${target.ports[0]}`
  const token = await http.open(undefined, { origin, ...get('/token'), method: 'POST', connections: 1 })
  expect(await token.send()).toMatchObject({ status: 200, text: '{"token":"abc"}' })
  await token.close()
  const client = await http.open(undefined, { origin, ...get('/items/42?1'), method: 'GET', connections: 1 })
  for (let sent = 0; sent < 3; sent++) {
    expect(await client.send()).toMatchObject({ status: 200, headers: { 'x-own': 'yes' }, text: '{"id":42}' })
  }
  await client.close()
  expect((await target.snapshot()).counters).toMatchObject([{ requests: 4, parseErrors: 0 }])
})
