import { expect, test } from 'vitest'
import { ValueSample } from './value-sample.ts'

test.each<[string, unknown, unknown]>([
  ['a number', 42, 43],
  ['nothing', undefined, null],
  ['a text of another length', 'text', 'texts'],
  ['no text', 'text', 4],
  ['another object where an object is', { id: 42 }, { id: 43 }],
  ['an error in its place', { id: 42 }, { message: 'not found' }],
  ['a list that is shorter', [1, 2], [1]],
  ['an object instead of a list', [1, 2], { 0: 1, 1: 2 }],
  ['another first one in a list', [{ id: 1 }, { id: 2 }], [{ id: 3 }, { id: 2 }]],
  ['a list deep inside that is shorter', { items: [{ tags: ['a', 'b'] }] }, { items: [{ tags: ['a'] }] }],
  ['an empty list for one that is not', { items: [] }, { items: [1] }],
  ['a list for an empty object', {}, []],
  ['nothing for an empty object', {}, undefined],
  ['a null on the way', { item: { id: 1 } }, { item: null }],
])('a sample tells %s', (_, first, other) => {
  const sample = new ValueSample(first)
  expect(sample.matches(structuredClone(first))).toBe(true)
  expect(sample.matches(other)).toBe(false)
  expect(new ValueSample(other).matches(first)).toBe(false)
})

test('a sample reads no further than it was taken', () => {
  const read: PropertyKey[] = []
  const watched = (value: object): object =>
    new Proxy(value, {
      get(target, key) {
        read.push(key)
        const next: unknown = Reflect.get(target, key)
        return typeof next === 'object' && next !== null ? watched(next) : next
      },
    })
  const value = { a: { b: { c: { d: { e: 1 } } } }, rest: [1, 2, 3] }
  expect(new ValueSample(value).matches(watched(value))).toBe(true)
  expect(read).toEqual(['a', 'b', 'c', 'd'])
})
