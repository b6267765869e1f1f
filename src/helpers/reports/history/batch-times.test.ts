import { expect, test } from 'vitest'
import { withoutBatchTimes } from './batch-times.ts'

test('batch times are taken out of a record, and nothing else is', () => {
  const arm = { arm: 'über', batchUs: [1.5, 2], counts: [3] }
  const record = { before: [1], arms: [arm, { ...arm, batchUs: [] }], after: 'x' }
  const empty = { ...arm, batchUs: [] }
  expect(JSON.parse(withoutBatchTimes(JSON.stringify(record)))).toEqual({ ...record, arms: [empty, empty] })
})

test('a text that names them is not mistaken for them', () => {
  const text = JSON.stringify({ reason: 'he wrote "batchUs":[1,2]', batchUs: 'none' })
  expect(withoutBatchTimes(text)).toBe(text)
})

test('what was formatted, or cut, stays as it is', () => {
  for (const text of ['{ "batchUs": [1] }', '{"batchUs":[1,', '', '[]']) expect(withoutBatchTimes(text)).toBe(text)
})
