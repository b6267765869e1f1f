import path from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '../trees/test-folder.ts'
import { startOfRun } from './run-start.ts'

test('a run begins when the first of its spec files asks, and for all of them then', () => {
  using folder = testFolder()
  const file = path.join(folder.root, 'started')
  expect(startOfRun(file, 1_000)).toBe(1_000)
  expect(startOfRun(file, 500_000)).toBe(1_000)
  expect(startOfRun(path.join(folder.root, 'another'), 500_000)).toBe(500_000)
})

test('a beginning that cannot be written down is an error', () => {
  using folder = testFolder()
  expect(() => startOfRun(path.join(folder.root, 'nowhere', 'started'))).toThrow('ENOENT')
})
