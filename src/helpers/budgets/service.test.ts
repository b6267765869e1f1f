import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement, ServiceWindow } from '../measure/result.ts'
import { delaysOf, errorsIn, judgeService, type ServiceThresholds } from './service.ts'
import {
  invalidMeasurement,
  judgingBy,
  loadOf,
  measurementOf,
  serviceOf,
  tunedThroughout,
  windowOf,
} from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const close = (value: number) => expect.closeTo(value, 6)

/** A route that served so in each of its processes. */
function servedAs(...replicates: readonly Partial<ServiceWindow>[]): CompletedMeasurement {
  const load = replicates.map((changes, index) => ({
    seed: index,
    clients: [loadOf('axios', 2_000, { service: serviceOf(changes) }), loadOf('http', 10_000)],
  }))
  return measurementOf({ load })
}

const judge = (measurement: CompletedMeasurement, stated: ServiceThresholds, context = judgingBy(tunedThroughout)) =>
  judgeService(measurement, stated, context)
const times = (count: number, changes: Partial<ServiceWindow>) =>
  servedAs(...Array.from({ length: count }, () => changes))

describe('errors of a route', () => {
  test('pass where there are none', () => {
    expect(judge(times(2, {}), { errors: 0 })).toMatchObject([
      { budget: 'errors', state: 'pass', reason: 'at most 0 errors', unit: 'errors', measured: { estimate: 0 } },
    ])
  })

  test('are of all kinds and all windows, and not those at the fixed rate, of which there is one process', () => {
    const { windows } = serviceOf({ statusErrors: 1, timeouts: 2, connectionErrors: 3 })
    expect(errorsIn({ windows })).toBe(12)
    const latency = {
      requestsPerSecond: 100,
      requests: 200,
      errors: 5,
      p50Ms: 6,
      p90Ms: 7,
      p99Ms: 8,
      generatorBusy: 0.1,
    }
    expect(errorsIn({ windows, latencyAtHalfCapacity: latency })).toBe(12)
  })

  test('go red when two processes have found them, and want a second one before', () => {
    expect(judge(servedAs({ statusErrors: 1 }), { errors: 0 })).toMatchObject([
      { state: 'inconclusive', openTo: { evidence: 'load', replicates: 1, missing: 1 } },
    ])
    expect(judge(servedAs({ statusErrors: 1 }, { timeouts: 1 }), { errors: 0 })).toMatchObject([
      { state: 'regressed', reason: '2 errors, expected at most 0' },
    ])
    expect(judge(servedAs({ statusErrors: 1 }, { timeouts: 1 }), { errors: 2 })).toMatchObject([{ state: 'pass' }])
  })

  test.each([-1, 0.5, '0'])('are no count of %s', (errors) => {
    expect(() => judge(times(2, {}), { errors: errors as number })).toThrow(
      `axios small-4, errors: toServe: errors is ${JSON.stringify(errors)}; expected a count, such as 0`,
    )
  })
})

describe.each([
  ['event-loop delay', 'eventLoopDelay', 'eventLoopDelayP99Ms', 5, 'event-loop delay'],
  ['/ping beside', 'pingBeside', 'pingBesideP99Ms', 8, 'the latency of /ping beside'],
] as const)('%s', (budget, entry, field, expected, what) => {
  const stated = { [entry]: { tolerates: '50 %', catches: '200 %' } } as ServiceThresholds

  test('passes as tuned, with everything that the verdict rests on', () => {
    expect(judge(times(2, { [field]: expected }), stated)).toMatchObject([
      {
        budget,
        state: 'pass',
        reason: `${what} (p99) is 0.0 % above what is expected`,
        measured: { estimate: close(expected), level: 0.95 },
        unit: 'ms',
        expected,
        tolerates: close(expected * 1.5),
        catches: close(expected * 3),
        compared: 'the tuned figure',
      },
    ])
  })

  test('goes red when it is surely longer than is tolerated', () => {
    const [verdict] = judge(times(4, { [field]: expected * 10 }), stated)
    expect(verdict).toMatchObject({
      state: 'regressed',
      reason: `${what} (p99) is 900.0 % above what is expected, wholly beyond what is tolerated`,
    })
  })

  test('is open in between', () => {
    expect(judge(times(2, { [field]: expected * 2.9 }), stated)).toMatchObject([
      { state: 'inconclusive', openTo: { evidence: 'load', replicates: 2 } },
    ])
  })

  test('informs on another machine class, where only a cliff is red', () => {
    const elsewhere = judgingBy(tunedThroughout, 'another')
    expect(judge(times(4, { [field]: expected * 4 }), stated, elsewhere)).toMatchObject([{ state: 'pass' }])
    expect(judge(times(4, { [field]: expected * 100 }), stated, elsewhere)).toMatchObject([{ state: 'regressed' }])
  })

  test('is inconclusive where the generator was the bottleneck', () => {
    expect(judge(times(4, { [field]: expected * 10, generatorBusy: 0.97 }), stated)).toMatchObject([
      { state: 'inconclusive', reason: expect.stringContaining('the load generator was the bottleneck') },
    ])
  })

  test('needs its entry in the budget file', () => {
    expect(() => judge(times(2, {}), stated, judgingBy())).toThrow(`/clients/axios/small-4/${field} is missing`)
  })

  test('needs thresholds', () => {
    expect(() => judge(times(2, {}), { [entry]: 5 } as unknown as ServiceThresholds)).toThrow(
      `axios small-4, ${budget}: toServe got 5; expected thresholds such as`,
    )
  })
})

test('a delay is the median over the windows of a process', () => {
  const windows = [1, 9, 4].map((eventLoopDelayP99Ms) => serviceOf({ eventLoopDelayP99Ms }).windows[0] as ServiceWindow)
  const load = [{ seed: 1, clients: [loadOf('axios', 2_000, { windows: [windowOf(2_000)], service: { windows } })] }]
  expect(delaysOf(measurementOf({ load }), 'eventLoopDelayP99Ms')).toEqual([4])
})

describe('what a spec states about a service', () => {
  test('is about routes of a gateway', () => {
    expect(() => judge(measurementOf(), { errors: 0 })).toThrow(
      new UsageError(
        'axios small-4, errors: toServe is about routes of a gateway; measure it under the scenario gateway',
      ),
    )
  })

  test('is something that is known', () => {
    expect(() => judge(times(2, {}), { error: 0 } as ServiceThresholds)).toThrow(
      new UsageError('toServe knows no error; expected one of errors, eventLoopDelay, pingBeside'),
    )
    expect(() => judge(times(2, {}), {})).toThrow(new UsageError('axios small-4: toServe states nothing'))
  })

  test('is invalid where the measurement is', () => {
    const verdicts = judgeService(invalidMeasurement('the upstream died'), { errors: 0 }, judgingBy())
    expect(verdicts).toMatchObject([{ state: 'invalid', reason: 'the upstream died' }])
  })
})
