import { expect, test } from 'vitest'
import { threeWayFigures } from './figures.ts'
import { threeWayReplicate } from './test-three-way.ts'

test('the two others are compared with the slow client, replicate by replicate', () => {
  const [slow, fast, mixed] = threeWayFigures([threeWayReplicate(1), threeWayReplicate(1.21)], 'burst-512')
  expect(slow).toEqual({
    client: 'axios',
    role: 'slow client',
    meanMs: 250,
    medianMs: 250,
    requestsPerSecond: 4_000,
  })
  expect(Math.exp(fast?.gain?.estimate ?? 0)).toBeCloseTo(3 * 1.1)
  expect(Math.exp(mixed?.gain?.estimate ?? 0)).toBeCloseTo(2 * 1.1)
  expect(fast?.gain?.low).toBeLessThan(Math.log(3))
  expect(fast?.gain?.high).toBeGreaterThan(Math.log(3 * 1.21))
})

test('one replicate has no interval', () => {
  const [, fast] = threeWayFigures([threeWayReplicate()], 'burst-512')
  expect(fast?.gain).toEqual({ estimate: expect.closeTo(Math.log(3), 9) })
})

test('what was not measured is absent', () => {
  expect(threeWayFigures([threeWayReplicate()], 'burst-512-tls')).toEqual([])
  const { scenario, load } = threeWayReplicate()
  const without = { scenario, load: { ...load, clients: load.clients.filter(({ client }) => client !== 'axios') } }
  expect(threeWayFigures([without], 'burst-512').map(({ client, gain }) => [client, gain])).toEqual([
    ['undici-request', undefined],
    ['axios-undici', undefined],
  ])
})
