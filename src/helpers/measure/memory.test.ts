import { expect, test } from 'vitest'
import { collectedMemory, collector } from './memory.ts'

test('memory in use leaves out what nothing reaches any more, and has buffers in it', async () => {
  const before = await collectedMemory()
  let kept: Buffer | undefined = Buffer.alloc(30_000_000)
  const holding = await collectedMemory()
  expect(holding.heapBytes - before.heapBytes).toBeGreaterThan(25_000_000)
  expect(kept.length).toBe(30_000_000)
  kept = undefined
  const after = await collectedMemory()
  expect(holding.heapBytes - after.heapBytes).toBeGreaterThan(25_000_000)
  expect(after.residentBytes).toBeGreaterThan(after.heapBytes)
})

test('a collection of what is young can be forced by itself', () => {
  expect(() => collector.young()).not.toThrow()
})
