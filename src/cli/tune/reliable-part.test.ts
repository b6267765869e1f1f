import { describe, expect, test } from 'vitest'
import { measuredValues } from '../../helpers/budgets/measured-values.ts'
import { loadOf, measurementOf, serviceOf, windowOf } from '../../helpers/budgets/test-measurement.ts'
import type { ClientLoad } from '../../helpers/measure/result.ts'
import { reliablePart } from './reliable-part.ts'

/** axios, or whoever else, beside http. */
function beside(own: ClientLoad, http: ClientLoad = loadOf('http', 10_000)) {
  return measurementOf({ load: [{ seed: 1, clients: [own, http, limit] }] })
}

/** The limit saturates the target, and is there for that. */
const limit = loadOf('wire', 40_000, { windows: [windowOf(40_000, { clientBusy: 0.7, targetBusy: 0.9 })] })
const saturated = { clientBusy: 0.6, targetBusy: 0.9 }

/** What can be relied on at each of these places. */
function valuesAt(measurement: ReturnType<typeof measurementOf>, ...places: readonly string[]) {
  const { measurement: reliable, doubts } = reliablePart(measurement)
  return { doubts, values: places.map((place) => reliable && measuredValues(reliable, place)) }
}

describe('of a measurement', () => {
  test('everything can be relied on as a rule', () => {
    const measurement = beside(loadOf('axios', 2_000))
    expect(reliablePart(measurement)).toEqual({ measurement, doubts: [] })
  })

  test('nothing can on a machine that was too noisy', () => {
    const noisy = measurementOf({ machineState: { loadAverage: 1, stealShare: 0.4 } })
    expect(reliablePart(noisy)).toEqual({ doubts: ["40 % of the cores' time was stolen"] })
    const throttled = measurementOf({ machineState: { loadAverage: 1, throttledShare: 0.1 } })
    expect(reliablePart(throttled).measurement).toBeUndefined()
  })

  test('whose target was saturated only costs, and what was measured beside the reference, can', () => {
    const own = loadOf('axios', 2_000, { windows: [windowOf(2_000, saturated)] })
    const places = ['requestsPerSecond', 'against/http', 'allocatedBytesPerRequest', 'requestBytes', 'reference']
    expect(valuesAt(beside(own), ...places)).toEqual({
      doubts: [
        'throughput of axios does not count: the target was the bottleneck: its thread was busy 90 % of the time, that of axios 60 %',
      ],
      values: [[], [], [75_000], [190], [1, 1, 1]],
    })
  })

  test('the ratio to a client that saturated the target cannot', () => {
    const http = loadOf('http', 10_000, { windows: [windowOf(10_000, saturated)] })
    const { doubts, values } = valuesAt(beside(loadOf('axios', 2_000), http), 'requestsPerSecond', 'against/http')
    expect(doubts).toEqual([expect.stringMatching(/^throughput of http does not count: /)])
    expect(values).toEqual([[2_000], []])
  })

  test('points of a sweep at which the target was saturated cannot, and none where the largest cannot', () => {
    const sweep = (at16: object, at512: object) => {
      const windows = [
        windowOf(2_000, { point: 16, ...at16 }),
        windowOf(1_800, { point: 64 }),
        windowOf(1_500, { point: 512, ...at512 }),
      ]
      return valuesAt(beside(loadOf('axios', 0, { windows })), 'scaling/512 against 16', 'scaling/512 against 64')
    }
    expect(sweep({}, {}).values).toEqual([[0.75], [expect.closeTo(0.833, 3)]])
    expect(sweep(saturated, {})).toEqual({
      doubts: [expect.stringMatching(/^throughput of axios at 16 does not count: /)],
      values: [[], [expect.closeTo(0.833, 3)]],
    })
    expect(sweep({}, saturated).values).toEqual([[], []])
  })

  test('how a route served cannot where the generator of its load was the bottleneck', () => {
    const own = loadOf('axios', 2_000, { service: serviceOf({ generatorBusy: 0.99 }) })
    const { doubts, values } = valuesAt(beside(own), 'pingBesideP99Ms', 'requestsPerSecond')
    expect(doubts).toEqual([expect.stringContaining('the load generator was the bottleneck')])
    expect(values).toEqual([[], []])
  })
})
