import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { OwnPools } from './own-pools.ts'
import { PoolsByWay } from './pools-by-way.ts'
import { Recent } from './recent.ts'

const pooling = { connections: 10, keepAliveTimeout: 1_000 }

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

test('a pool that nobody uses any more is forgotten', async () => {
  const own = new OwnPools(pooling)
  const kept = own.open({})
  for (let made = 0; made < 20; made++) own.open({})
  expect(own.count).toBe(21)
  for (let tries = 0; tries < 50 && own.count > 1; tries++) {
    collect()
    await turn()
  }
  expect(own.count).toBe(1)
  await own.destroy()
  expect(kept).toMatchObject({ destroyed: true })
})

test('pools are found again by what they connect to, and the ones of long ago are dropped', () => {
  const own = new OwnPools(pooling)
  const pools = new PoolsByWay((way) => own.open({ ...way }))
  const lookup = (): void => {}
  const ways = [{}, { family: 4 }, { family: 6 }, { socketPath: '/a' }, { lookup }, { lookup, family: 4 }]
  const found = ways.map((way) => pools.for(way))
  expect(new Set(found).size).toBe(ways.length)
  expect(ways.map((way) => pools.for({ ...way }))).toEqual(found)
  for (const [index, way] of ways.entries()) expect(pools.for({ ...way })).toBe(found[index])
  for (let path = 0; path < 100; path++) pools.for({ socketPath: `/${path}` })
  expect(pools.for({ socketPath: '/a' })).not.toBe(found[3])
})

test('of recent values those are kept that were asked for last', () => {
  const recent = new Recent<string, number>(2)
  recent.set('a', 1)
  recent.set('b', 2)
  expect(recent.get('a')).toBe(1)
  recent.set('c', 3)
  expect([recent.get('a'), recent.get('b'), recent.get('c'), recent.size]).toEqual([1, undefined, 3, 2])
  expect(recent.find((key) => key === 'a')).toBe(1)
  expect(recent.find((key) => key === 'b')).toBeUndefined()
  recent.set('d', 4)
  expect([recent.get('a'), recent.get('c')]).toEqual([1, undefined])
})
