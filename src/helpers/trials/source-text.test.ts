import { expect, test } from 'vitest'
import { randomFrom } from '../statistics/random.ts'
import { printed, reordered, withoutComments } from './source-text.ts'

const text = `// A head.
import one from 'one'
/* Several
lines. */ const field = Symbol('field')

export function first(long) {
  return long + second() // At the end.
}

function second() { return 'a // b' }

export class Counter {
  #count = one;

  [field] () { return this.#count }
  static make () { return new Counter() }
  get count () { return this.#count }
  [field + 'x'] () {}
}
`

test('comments go, what looks like one in a string stays', () => {
  const without = withoutComments(text, 'module')
  expect(without).not.toMatch(/head|Several|At the end/)
  expect(without).toContain("'a // b'")
  expect(without).toContain('\n const field')
})

test('renaming keeps exports, classes and properties', () => {
  const renamed = printed({ renames: true, keepsComments: true, dense: false })(text, 'module')
  expect(renamed).not.toMatch(/\blong\b|\bsecond\b|import one/)
  expect(renamed).toMatch(/export function first|as first/)
  expect(renamed).toMatch(/class Counter/)
  expect(renamed).toContain('get count')
  expect(renamed).toContain('// A head.')
})

test('dense text has one line where nothing keeps comments', () => {
  const dense = printed({ renames: false, keepsComments: false, dense: true })(text, 'module')
  expect(dense.trim().split('\n')).toHaveLength(1)
  expect(dense).toContain('second')
})

const lettersOf = (source: string): string[] => [...source.replaceAll(';', '')].sort()

test('functions and methods change places, and nothing else does', () => {
  const orders = new Set(
    Array.from({ length: 20 }, (_, seed) => {
      const changed = reordered(randomFrom(seed))(text, 'module')
      // A method whose name is computed in place stays, and so does a field.
      expect(changed.indexOf("[field + 'x']")).toBeGreaterThan(changed.lastIndexOf('get count'))
      expect(changed.indexOf('#count = one')).toBeLessThan(changed.indexOf('get count'))
      expect(lettersOf(changed)).toEqual(lettersOf(text))
      return ['first(', 'second()', '[field] ()', 'make ()', 'get count']
        .toSorted((a, b) => changed.indexOf(a) - changed.indexOf(b))
        .join()
    }),
  )
  expect(orders.size).toBeGreaterThan(3)
})

test('a field without a semicolon ends where the next method begins', () => {
  for (let seed = 0; seed < 5; seed++) {
    const changed = reordered(randomFrom(seed))('class A { #x = null\n c () {}\n [b] () {} }', 'commonjs')
    expect(changed).toMatch(/null\n ;(\[b]|c)/)
  }
})

test('what is declared twice stays where it is, because the last one counts', () => {
  const twice = 'function a() { return 1 }\nfunction b() {}\nfunction a() { return 2 }\n'
  for (let seed = 0; seed < 5; seed++) expect(reordered(randomFrom(seed))(twice, 'commonjs')).toBe(twice)
})
