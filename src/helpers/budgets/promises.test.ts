import { describe, expect, test } from 'vitest'
import { gateEffort } from '../measure/effort.ts'
import type { TunedScenario } from './budget-file.ts'
import { brokenPromises } from './promises.ts'
import type { StatedThresholds } from './stated.ts'
import { budgetFileOf, tunedThroughout } from './test-measurement.ts'

const broken = (stated: Partial<StatedThresholds>, tuned: TunedScenario = tunedThroughout) =>
  brokenPromises('axios small-4', { against: new Map(), ...stated }, tuned, budgetFileOf(tuned), gateEffort)

describe('a promise', () => {
  test('that the tuned scatter can keep is not told', () => {
    expect(broken({ reference: { tolerates: '1.5 %', catches: '5 %' } })).toEqual([])
    expect(broken({})).toEqual([])
  })

  test('to catch more than the last look can show is told with what could be caught', () => {
    expect(broken({ reference: { tolerates: '1.5 %', catches: '2 %' } })).toEqual([
      expect.stringMatching(
        /^axios small-4, throughput against reference: catches 2\.\d % at best, with scatter 0\.005$/,
      ),
    ])
  })

  test('to tolerate less than four standard errors is told with the least', () => {
    // 4 × 0.005 / √5 = 0.00894, a worsening of 0.89 %.
    expect(broken({ reference: { tolerates: '0.8 %', catches: '5 %' } })).toEqual([
      'axios small-4, throughput against reference: must tolerate 0.9 % or more',
    ])
  })

  test('about another client counts the error of the expected ratio, over the looks of continuous load', () => {
    // 4 × 0.04 × √(1 / 4 + 1 / 10) = 0.0947, a worsening of 9.03 %.
    expect(broken({ against: new Map([['http', { tolerates: '8 %', catches: '45 %' }]]) })).toEqual([
      'axios small-4, throughput against http: must tolerate 9.1 % or more',
    ])
  })

  test('of every other kind is looked at, in its unit', () => {
    const stated: Partial<StatedThresholds> = {
      tail: { p99: { tolerates: '5 %', catches: '80 %' }, 'over 3 ×': { tolerates: '0.1 %', catches: '30 %' } },
      costs: {
        cpu: { tolerates: '1 %', catches: '50 %' },
        retainedBytes: { tolerates: 2, catches: 500 },
        allocatedBytes: { tolerates: '0.5 %', catches: '50 %' },
      },
    }
    expect(broken(stated)).toEqual([
      'axios small-4, p99 batch time against reference: must tolerate 16 % or more',
      'axios small-4, batches over 3 × against reference: must tolerate 0.36 % or more',
      'axios small-4, allocated bytes against reference: must tolerate 0.9 % or more',
      'axios small-4, allocated bytes against the tuned figure: must tolerate 1.2 % or more',
      'axios small-4, CPU time against reference: must tolerate 1.9 % or more',
      'axios small-4, retained bytes against reference: must tolerate 12 bytes or more',
    ])
  })

  test('about a limit per second is about half of the lowest seen', () => {
    expect(broken({ requestsPerSecond: 850 })).toEqual([])
    expect(broken({ requestsPerSecond: 1_500 })).toEqual(['axios small-4, per second: half of the lowest seen is 850'])
  })

  test('about what was never tuned is left to the judge', () => {
    expect(broken({ reference: { tolerates: '0 %', catches: '1 %' } }, {})).toEqual([])
  })
})
