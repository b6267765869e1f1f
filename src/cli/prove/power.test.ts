import { expect, test } from 'vitest'
import { isKept } from './power.ts'

test.each([
  [20, 20, 0.95, true],
  [19, 20, 0.95, true],
  [18, 20, 0.95, false],
  [38, 40, 0.95, true],
  [37, 40, 0.95, false],
  [16, 20, 0.8, true],
  [15, 20, 0.8, false],
  [4, 5, 0.95, true],
  [3, 5, 0.95, false],
  [1, 1, 0.95, true],
  [0, 1, 0.95, false],
])('%d of %d for a promise of %d: %s', (shown, trials, promised, kept) => {
  expect(isKept(shown, trials, promised)).toBe(kept)
})
