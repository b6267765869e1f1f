import { expect, test } from 'vitest'
import { hashOf, randomFrom, seedFrom, shuffled } from './random.ts'

function draws(seed: number, count: number): number[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => random())
}

test('a seed repeats its sequence', () => {
  expect(draws(7, 100)).toEqual(draws(7, 100))
})

test('the sequence of a seed is that of mulberry32 on every platform', () => {
  expect(draws(1, 3)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522])
})

test('neighbouring seeds give unlike sequences', () => {
  expect(draws(7, 100).filter((value, index) => value === draws(8, 100)[index])).toEqual([])
})

test('only the low 32 bits of a seed count', () => {
  expect(draws(2 ** 32 + 5, 3)).toEqual(draws(5, 3))
})

test('numbers spread evenly over [0, 1)', () => {
  const counts = new Array<number>(10).fill(0)
  for (const value of draws(11, 100_000)) {
    const cell = Math.floor(value * 10)
    counts[cell] = (counts[cell] ?? Number.NaN) + 1
  }
  // 10,000 are expected in each cell, with a standard deviation of 95; nothing lies outside of the ten.
  expect(counts).toHaveLength(10)
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * 95)
})

test('shuffling gives a permutation and leaves the original alone', () => {
  const items = Array.from({ length: 50 }, (_, index) => index)
  const order = shuffled(items, randomFrom(3))
  expect(order).not.toEqual(items)
  expect(order.toSorted((one, other) => one - other)).toEqual(items)
  expect(items[0]).toBe(0)
})

test('shuffling gives every order of three about equally often', () => {
  const random = randomFrom(5)
  const counts = new Map<string, number>()
  for (let trial = 0; trial < 12_000; trial++) {
    const order = shuffled(['a', 'b', 'c'], random).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  // 2,000 are expected of each, with a standard deviation of 41.
  expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
  for (const count of counts.values()) expect(Math.abs(count - 2_000)).toBeLessThan(4 * 41)
})

test('shuffling nothing and shuffling one item draw nothing', () => {
  const never = () => {
    throw new Error('drawn')
  }
  expect(shuffled([], never)).toEqual([])
  expect(shuffled(['only'], never)).toEqual(['only'])
})

test('a seed to hand on is a whole number of 32 bits', () => {
  expect(seedFrom(() => 0)).toBe(0)
  expect(seedFrom(() => 1 - 2 ** -32)).toBe(2 ** 32 - 1)
})

test('a text has the FNV-1a hash that its specification lists', () => {
  expect(['', 'a', 'foobar'].map((text) => hashOf(text).toString(16))).toEqual(['811c9dc5', 'e40c292c', 'bf9cf968'])
})
