import { describe, expect, test } from 'vitest'
import { gateEffort } from '../measure/measurement.ts'
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

  test('to tolerate less than four standard errors of the first look is told with the least', () => {
    // 4 × 0.005 / √3 = 0.01155, a worsening of 1.15 %.
    expect(broken({ reference: { tolerates: '1 %', catches: '5 %' } })).toEqual([
      'axios small-4, throughput against reference: must tolerate 1.2 % or more',
    ])
  })

  test('about another client counts the error of the expected ratio, over the looks of continuous load', () => {
    // 4 × 0.04 × √(1 / 2 + 1 / 10) = 0.1239, a worsening of 12 %.
    expect(broken({ against: new Map([['http', { tolerates: '10 %', catches: '45 %' }]]) })).toEqual([
      'axios small-4, throughput against http: must tolerate 12 % or more',
    ])
  })

  test('of every other kind is looked at, in its unit', () => {
    const stated: Partial<StatedThresholds> = {
      tail: { p99: { tolerates: '5 %', catches: '80 %' }, 'over 3 ×': { tolerates: '0.1 %', catches: '30 %' } },
      costs: {
        cpu: { tolerates: '1 %', catches: '50 %' },
        retainedBytes: { tolerates: 2, catches: 500 },
        allocatedBytes: { tolerates: '1 %', catches: '50 %' },
      },
    }
    expect(broken(stated)).toEqual([
      'axios small-4, p99 batch time against reference: must tolerate 21 % or more',
      'axios small-4, batches over 3 × against reference: must tolerate 0.47 % or more',
      'axios small-4, allocated bytes against reference: must tolerate 1.2 % or more',
      'axios small-4, allocated bytes against the tuned figure: must tolerate 1.6 % or more',
      'axios small-4, CPU time against reference: must tolerate 2.4 % or more',
      'axios small-4, retained bytes against reference: must tolerate 16 bytes or more',
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
