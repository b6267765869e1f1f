import { expect, test } from 'vitest'
import { drawSeed, seedIn, seedRange } from './seed.ts'

test.each([
  ['0', 0],
  ['42', 42],
  ['2147483647', 2 ** 31 - 1],
  ['2147483648', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  [' 7', undefined],
  ['', undefined],
  ['seven', undefined],
])('%j is the seed %s', (text, seed) => {
  expect(seedIn(text)).toBe(seed)
})

test('what is drawn is a seed', () => {
  const seed = drawSeed()
  expect(seedIn(String(seed))).toBe(seed)
  expect(seedRange).toBe('a whole number from 0 to 2147483647')
})
