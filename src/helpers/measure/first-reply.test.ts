import { describe, expect, test } from 'vitest'
import type { WholeReply } from '../clients/contract.ts'
import { checkReply } from './batch.ts'
import { likeFirst, wrongReply } from './first-reply.ts'
import { WrongReplyError } from './wrong-reply-error.ts'

const expected = { status: 200, contentType: 'application/json', text: '{"ok":true}' }
const right: WholeReply = { status: 200, headers: { 'Content-Type': 'application/json' }, text: '{"ok":true}' }

describe('an answer', () => {
  test('is right with status, content type and every character of the body', () => {
    expect(wrongReply(right, expected)).toBeUndefined()
  })

  test('may lack a content type that is not expected either', () => {
    expect(
      wrongReply({ status: 204, headers: {}, text: '' }, { status: 204, contentType: undefined, text: '' }),
    ).toBeUndefined()
  })

  test.each<[string, unknown, string]>([
    ['another status', { ...right, status: 302 }, 'expected status 200, got 302'],
    ['nothing', undefined, 'expected { status, headers, text } or { value }, got undefined'],
    [
      'another content type',
      { ...right, headers: { 'content-type': 'text/plain' } },
      'expected content-type application/json, got text/plain',
    ],
    ['no headers', { ...right, headers: undefined }, 'expected content-type application/json, got undefined'],
    ['a parsed body', { ...right, text: { ok: true } }, 'expected the body as text, got object'],
    [
      'one other character',
      { ...right, text: '{"ok":trve}' },
      'the body differs: expected "{\\"ok\\":true}", got "{\\"ok\\":trve}"',
    ],
    [
      'a long body',
      { ...right, text: 'x'.repeat(70) },
      `the body differs: expected "{\\"ok\\":true}", got "${'x'.repeat(60)}"… (70 characters)`,
    ],
  ])('is wrong with %s', (_, reply, sentence) => {
    expect(wrongReply(reply, expected)).toBe(sentence)
  })
})

const item = { id: 42, tags: ['a', 'b'], at: '2026-11-24T00:00:00.000Z' }
const answered = { ...expected, contentType: 'application/json; charset=utf-8', text: JSON.stringify(item) }

/** As a generated SDK makes one. */
class Item {
  readonly id = 42
  readonly tags = ['a', 'b']
  readonly at = new Date('2026-11-24T00:00:00Z')
  readonly missing = undefined
}

describe('a value', () => {
  test.each<[string, unknown]>([
    ['the JSON of the answer', { ...item }],
    ['an instance whose JSON is that of the answer', new Item()],
    ['the same without a prototype', Object.assign(Object.create(null), item)],
  ])('is right as %s', (_, value) => {
    expect(wrongReply({ value }, answered)).toBeUndefined()
  })

  test('is the text of an answer that is no JSON', () => {
    const text = { status: 200, contentType: 'text/plain', text: 'some text' }
    expect(wrongReply({ value: 'some text' }, text)).toBeUndefined()
    expect(wrongReply({ value: 'some' }, text)).toBe('the value differs: expected "some text", got "some"')
  })

  test.each([undefined, null, ''])('of an answer without a body is nothing, such as %j', (value) => {
    const empty = { status: 204, contentType: undefined, text: '' }
    expect(wrongReply({ value }, empty)).toBeUndefined()
    expect(wrongReply({ value: {} }, empty)).toBe('the value differs: expected undefined, got {}')
  })

  test('is that part of the answer which the adapter names', () => {
    const graphql = { ...expected, text: '{"data":{"item":{"id":42}}}' }
    const valueIn = (answer: unknown) => (answer as { data: unknown }).data
    expect(wrongReply({ value: { item: { id: 42 } } }, graphql, valueIn)).toBeUndefined()
    expect(wrongReply({ value: { data: { item: { id: 42 } } } }, graphql, valueIn)).toBe(
      'the value differs: expected {"item":{"id":42}}, got {"data":{"item":{"id":42}}}',
    )
  })

  test.each<[string, unknown, string]>([
    ['something else', { ...item, id: 43 }, '{"id":43,"tags":["a","b"],"at":"2026-11-24T00:00:00.000Z"}'],
    ['less', { id: 42 }, '{"id":42}'],
    ['nothing', undefined, 'undefined'],
    ['a function', () => item, 'a function'],
    ['what has no JSON', 42n, 'a bigint'],
  ])('is wrong as %s', (_, value, got) => {
    expect(wrongReply({ value }, answered)).toBe(
      `the value differs: expected {"id":42,"tags":["a","b"],"at":"2026-11-24T00:00:00.000Z"}, got ${got}`,
    )
  })
})

describe('a later reply', () => {
  test('has to have the status and the length of a whole answer', () => {
    const like = likeFirst(right, expected)
    expect(() => checkReply({ ...right, text: '{"ok":trve}' }, like)).not.toThrow()
    expect(() => checkReply({ ...right, text: '' }, like)).toThrow(WrongReplyError)
  })

  test('has to have a value like the first', () => {
    const like = likeFirst({ value: item }, answered)
    expect(() => checkReply({ value: { ...item } }, like)).not.toThrow()
    expect(() => checkReply({ value: { ...item, id: 43 } }, like)).toThrow(
      'expected the value of the first reply, got {"id":43,"tags":["a","b"],"at":"2026-11-24T00:00:00.000Z"}',
    )
    expect(() => checkReply(right, like)).toThrow('expected a value as in the first reply, got {"status":200,')
    expect(() => checkReply(undefined as unknown as WholeReply, like)).toThrow(WrongReplyError)
  })
})
