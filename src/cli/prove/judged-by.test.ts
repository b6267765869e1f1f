import { expect, test } from 'vitest'
import { unchanged } from '../../helpers/trials/change.ts'
import { slower } from '../../helpers/trials/faults.ts'
import { digestOf, factsOf } from './judged-by.ts'
import { small4 } from './test-proof.ts'

test('equal facts have one digest, others another, and entries of maps count', () => {
  const facts = (catches: string) => [{ a: 1 }, new Map([['http', { catches }]])]
  expect(digestOf(...facts('5 %'))).toBe(digestOf(...facts('5 %')))
  expect(digestOf(...facts('5 %'))).not.toBe(digestOf(...facts('6 %')))
  expect(digestOf({ a: 1 }, undefined)).toMatch(/^[0-9a-f]{12}$/)
})

test('a change is another one when it puts in something else, and so is what is beside it', () => {
  const change = slower('axios', 0.05, small4)
  const { beside = unchanged } = change
  const changes = [
    change,
    { ...change, madeOf: 'other patches' },
    { ...change, beside: { ...beside, madeOf: 'other patches' } },
    unchanged,
  ]
  expect(new Set(changes.map((each) => digestOf(factsOf(each)))).size).toBe(4)
  expect(digestOf(factsOf(slower('axios', 0.05, small4)))).toBe(digestOf(factsOf(change)))
})

test('where our own modules are installed does not count', () => {
  const here = new URL('./part.ts', import.meta.url).href
  expect(digestOf(`import '${here}'`)).toBe(digestOf("import 'src/cli/prove/part.ts'"))
})
