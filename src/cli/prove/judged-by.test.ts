import { expect, test } from 'vitest'
import { digestOf } from './judged-by.ts'

test('equal facts have one digest, others another, and entries of maps count', () => {
  const facts = (catches: string) => [{ a: 1 }, new Map([['http', { catches }]])]
  expect(digestOf(...facts('5 %'))).toBe(digestOf(...facts('5 %')))
  expect(digestOf(...facts('5 %'))).not.toBe(digestOf(...facts('6 %')))
  expect(digestOf({ a: 1 }, undefined)).toMatch(/^[0-9a-f]{12}$/)
})
