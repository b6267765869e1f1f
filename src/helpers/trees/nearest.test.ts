import { expect, test } from 'vitest'
import { nearestOf } from './nearest.ts'

test('the names that need the fewest changes are the nearest, and no more than three', () => {
  const names = ['release', 'origin/main', 'v1.2', 'main', 'maintenance']
  expect(nearestOf('mian', names)).toEqual(['main', 'v1.2', 'release'])
  expect(nearestOf('orign/main', names)[0]).toBe('origin/main')
})

test('capitals make no difference', () => {
  expect(nearestOf('MAIN', ['MAXI', 'main'])[0]).toBe('main')
})

test('without names there is none', () => {
  expect(nearestOf('main', [])).toEqual([])
})
