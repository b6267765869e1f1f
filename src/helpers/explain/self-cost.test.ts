import { expect, test } from 'vitest'
import { selfAllocations, selfTimes } from './self-cost.ts'
import { cpuProfileOf, frameOf, heapProfileOf } from './test-profile.ts'

const send = frameOf('send', 'file:///a.js', 3)
const parse = frameOf('parse', 'file:///a.js', 9)

test('a CPU sample lasts until the next, the last one until the end', () => {
  expect(
    selfTimes(
      cpuProfileOf([
        [send, 100],
        [parse, 130],
        [send, 90],
      ]),
    ),
  ).toEqual([
    { frame: send, cost: 100, squares: 10000 },
    { frame: parse, cost: 130, squares: 16900 },
    { frame: send, cost: 90, squares: 8100 },
  ])
})

test('a stall of the machine counts as ten samples at most', () => {
  const costs = selfTimes(
    cpuProfileOf([
      [send, 100],
      [parse, 50_000],
      [send, 100],
    ]),
  )
  expect(costs.map(({ cost }) => cost)).toEqual([100, 1_000, 100])
})

test('where the tree begins nothing is spent, but waiting and collecting garbage are told', () => {
  const root = frameOf('(root)', '')
  const idle = frameOf('(idle)', '')
  const collector = frameOf('(garbage collector)', '')
  expect(
    selfTimes(
      cpuProfileOf([
        [root, 100],
        [idle, 100],
        [collector, 100],
      ]),
    ),
  ).toEqual([
    { frame: idle, cost: 100, squares: 10000 },
    { frame: collector, cost: 100, squares: 10000 },
  ])
})

test('a profile without samples has no costs', () => {
  expect(selfTimes(cpuProfileOf([]))).toEqual([])
})

test('allocations are read from the whole tree', () => {
  expect(
    selfAllocations(
      heapProfileOf([
        [send, 512],
        [frameOf('idle', 'file:///a.js'), 0],
        [parse, 64],
      ]),
    ),
  ).toEqual([
    { frame: send, cost: 512, squares: 262144 },
    { frame: parse, cost: 64, squares: 4096 },
  ])
})

test('the scatter of a cost is told by the squares of its samples', () => {
  expect(selfTimes(cpuProfileOf([[send, 400]], 100))).toEqual([{ frame: send, cost: 400, squares: 4 * 100 ** 2 }])
  expect(selfAllocations(heapProfileOf([[send, 900]], 300))).toEqual([
    { frame: send, cost: 900, squares: 3 * 300 ** 2 },
  ])
})
