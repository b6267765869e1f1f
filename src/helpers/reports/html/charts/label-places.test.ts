import { expect, test } from 'vitest'
import { placed } from './label-places.ts'

const at = (from: number, y: number) => ({ from, to: from + 50, y })

test('labels that stand apart stay where they are', () => {
  expect(placed([at(0, 10), at(0, 30), at(60, 10)])).toEqual([10, 30, 10])
})

test('labels that stand on each other are moved down, one below the other', () => {
  expect(placed([at(0, 12), at(10, 10), at(20, 11)])).toEqual([34, 10, 22])
})

test('one that is moved out of the way does not stand in the way of another', () => {
  expect(placed([at(0, 10), at(0, 20), at(0, 12)])).toEqual([10, 34, 22])
})
