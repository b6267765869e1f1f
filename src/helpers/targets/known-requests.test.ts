import { expect, test } from 'vitest'
import { KnownRequests } from './known-requests.ts'

const packet = (text: string): Buffer => Buffer.from(text)

test('an answer is found for equal bytes only', () => {
  const known = new KnownRequests()
  const answer = [packet('answer')]
  known.remember(packet('request'), answer)
  expect(known.find(packet('request'))).toBe(answer)
  expect(known.find(packet('Request'))).toBeUndefined()
  expect(known.find(packet('request '))).toBeUndefined()
})

test('a packet that is written over later is still the one it was', () => {
  const known = new KnownRequests()
  const bytes = packet('request')
  known.remember(bytes, [])
  bytes.fill(0)
  expect(known.find(packet('request'))).toBeDefined()
})

test('the last four are kept', () => {
  const known = new KnownRequests()
  for (const name of ['a', 'b', 'c', 'd', 'e']) known.remember(packet(name), [])
  expect(['a', 'b', 'c', 'd', 'e'].map((name) => known.find(packet(name)) !== undefined)).toEqual([
    false,
    true,
    true,
    true,
    true,
  ])
})

test('large packets and large answers are not kept', () => {
  const known = new KnownRequests()
  known.remember(Buffer.alloc(16_385), [])
  known.remember(packet('request'), [Buffer.alloc(4 * 1024 * 1024), Buffer.alloc(1)])
  expect(known.find(Buffer.alloc(16_385))).toBeUndefined()
  expect(known.find(packet('request'))).toBeUndefined()
})
