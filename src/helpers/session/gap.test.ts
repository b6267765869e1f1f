import { expect, test } from 'vitest'
import { type BetweenLooks, gapMs } from './gap.ts'

const spreadMs = 60_000
const gap = (changes: Partial<BetweenLooks>, spread = spreadMs) =>
  gapMs({ looksLeft: 2, sinceFirstMs: 0, remainingMs: Number.POSITIVE_INFINITY, ...changes }, spread)

test('the looks left are spread evenly, so that the last comes a minute after the first', () => {
  const second = gap({})
  const measuringMs = 7_000
  const third = gap({ looksLeft: 1, sinceFirstMs: second + measuringMs })
  expect([second, third, second + measuringMs + third]).toEqual([30_000, 23_000, spreadMs])
})

test('a single look that is left comes a minute after the first', () => {
  expect(gap({ looksLeft: 1 })).toBe(spreadMs)
})

test('looks that waited for their turn make up for it, and stay apart by more than a burst', () => {
  expect(gap({ sinceFirstMs: 40_000 })).toBe(10_000)
  expect(gap({ sinceFirstMs: 300_000 })).toBe(2_000)
})

test('the looks left fit into the time that is left, as far as waiting goes', () => {
  expect(gap({ remainingMs: 40_000 })).toBe(20_000)
  expect(gap({ remainingMs: 1_000, sinceFirstMs: 300_000 })).toBe(500)
  expect(gap({ remainingMs: -5_000 })).toBe(0)
})

test('what is to be spread over no time is not', () => {
  expect(gap({}, 0)).toBe(0)
})
