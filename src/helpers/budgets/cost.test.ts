import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement } from '../measure/result.ts'
import { type CostThresholds, judgeCosts } from './cost.ts'
import { invalidMeasurement, judgingBy, measurementOf } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

function judge(costs: CostThresholds, changes: Partial<CompletedMeasurement> = {}, context = judgingBy()) {
  return judgeCosts(measurementOf(changes), costs, context)
}

describe('costs', () => {
  test('are judged one verdict an entry, in their order', () => {
    const verdicts = judge({ requestBytes: 'unchanged', connections: 4 })
    expect(verdicts.map(({ budget }) => budget)).toEqual(['request bytes', 'connections'])
  })

  test('of an invalid measurement are invalid, an entry each', () => {
    const verdicts = judgeCosts(invalidMeasurement(), { connections: 4, requestBytes: 'unchanged' }, judgingBy())
    expect(verdicts.map(({ state, budget }) => `${state} ${budget}`)).toEqual([
      'invalid connections',
      'invalid request bytes',
    ])
  })

  test('that are none are a wrong spec', () => {
    expect(() => judge({})).toThrow(new UsageError('axios small-4: toCost states no cost'))
  })

  test('that are not known are a wrong spec', () => {
    expect(() => judge({ alocatedBytes: 3 } as CostThresholds)).toThrow(
      new UsageError(
        'toCost knows no alocatedBytes; expected one of connections, connectionsPerRequest, fullHandshakes, requestBytes, ' +
          'responseBytes, listeners, allocatedBytes, bufferBytes, cpu, time, retainedBytes, residentBytes, ownRetainedBytes, ' +
          'ownListeners',
      ),
    )
  })

  test.each([
    [{ connections: '4' }, 'connections is "4"; expected a number of 0 or more'],
    [{ connections: Number.NaN }, 'connections is NaN; expected a number of 0 or more'],
    [{ connections: -1 }, 'connections is -1; expected a number of 0 or more'],
    [{ connectionsPerRequest: null }, 'connectionsPerRequest is null; expected a number of 0 or more'],
    [{ requestBytes: 190 }, `requestBytes is 190; expected 'unchanged'`],
    [{ responseBytes: 'same' }, `responseBytes is "same"; expected 'unchanged'`],
    [{ listeners: 5 }, `listeners is 5; expected 'unchanged'`],
    [{ cpu: '8 %' }, `cpu is "8 %"; expected thresholds such as { tolerates: '3 %', catches: '6 %' }`],
    [
      { allocatedBytes: null },
      `allocatedBytes is null; expected thresholds such as { tolerates: '3 %', catches: '6 %' }`,
    ],
    [
      { retainedBytes: { tolerates: 5 } },
      'retainedBytes is {"tolerates":5}; expected bytes per request such as { tolerates: 20, catches: 200 }',
    ],
    [
      { ownRetainedBytes: 20 },
      'ownRetainedBytes is 20; expected bytes per request such as { tolerates: 20, catches: 200 }',
    ],
    [{ ownListeners: 40 }, 'ownListeners is 40; expected a limit such as { atMost: 40 }'],
    [{ ownListeners: { atMost: '40' } }, 'ownListeners is {"atMost":"40"}; expected a limit such as { atMost: 40 }'],
  ])('of %j are a wrong spec', (costs, problem) => {
    expect(() => judge(costs as unknown as CostThresholds)).toThrow(new UsageError(`axios small-4: toCost: ${problem}`))
  })
})
