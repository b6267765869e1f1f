import { expect, test } from 'vitest'
import { saturatedGenerator } from './saturated-generator.ts'
import { judgingBy, loadOf, measurementOf, serviceOf, windowOf } from './test-measurement.ts'
import { judgeAgainstClient, judgePerSecond } from './throughput.ts'

const routeOf = (generatorBusy: number, clientBusy: number, client = 'axios', perSecond = 2_000) =>
  loadOf(client, perSecond, {
    windows: [windowOf(perSecond, { clientBusy, targetBusy: 0.1 })],
    service: serviceOf({ generatorBusy }),
  })
const seen = (generatorBusy: number, clientBusy: number) =>
  saturatedGenerator('axios', [routeOf(generatorBusy, clientBusy)])

test('a generator that has no time to spare is the bottleneck, however busy the gateway is', () => {
  expect(seen(0.96, 1)).toBe(
    'the load generator was the bottleneck: its thread was busy 96 % of the time, the event loop of the gateway under axios 100 % of the time',
  )
})

test('so is one that is busier than a gateway which is idle at times', () => {
  expect(seen(0.6, 0.5)).toContain('the load generator was the bottleneck')
})

test('a gateway that is never idle is the bottleneck itself, and so is one that is busier than the generator', () => {
  expect([seen(0.9, 0.96), seen(0.5, 0.6)]).toEqual([undefined, undefined])
})

test('where both wait for most of the time, neither is the bottleneck', () => {
  expect([seen(0.49, 0.3), seen(0.5, 0.3)]).toEqual([undefined, expect.stringContaining('bottleneck')])
})

test('a client by itself has no generator', () => {
  expect(saturatedGenerator('axios', [loadOf('axios', 2_000)])).toBeUndefined()
})

test('throughput of a route that the generator held back is no measure', () => {
  const load = [1, 2, 3, 4].map((seed) => ({
    seed,
    clients: [routeOf(0.3, 0.9), routeOf(0.99, 0.9, 'http', 10_000)],
  }))
  const against = judgeAgainstClient(
    measurementOf({ load }),
    'http',
    { tolerates: '20 %', catches: '30 %' },
    judgingBy(),
  )
  expect(against).toMatchObject({
    state: 'inconclusive',
    reason: expect.stringContaining('the event loop of the gateway under http'),
  })
  const slow = load.map(({ seed }) => ({ seed, clients: [routeOf(0.97, 0.6, 'axios', 500)] }))
  expect(judgePerSecond(measurementOf({ load: slow }), 800, judgingBy())).toMatchObject({ state: 'inconclusive' })
})
