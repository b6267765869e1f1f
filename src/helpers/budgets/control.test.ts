import { describe, expect, test } from 'vitest'
import { withTuned } from './borrowed.ts'
import type { TunedScenario } from './budget-file.ts'
import { controlDifference, tunedControl } from './control.ts'
import { openCase } from './judgement.ts'
import { budgetFileOf, judgingBy, loadOf, measurementOf } from './test-measurement.ts'

const value = { scatter: 0.1, replicates: 10 }
const tuned = { controlRequestsPerSecond: { expected: 10_000 } }

/** axios beside a control at so many requests per second, one a replicate. */
function besideControlAt(...rates: number[]) {
  const load = rates.map((rate, seed) => ({ seed, clients: [loadOf('axios', 2_000), loadOf('http', rate)] }))
  return measurementOf({ load })
}

describe('the control at tuning', () => {
  const against = { http: { expected: 0.2, ...value } }
  const requestsPerSecond = { expected: 2_000, lowest: 1_700, ...value }
  const controlIn = (entries: TunedScenario) => tunedControl(budgetFileOf(entries), 'axios', 'small-4')

  test('is what was recorded', () => {
    expect(controlIn(tuned)).toBe(10_000)
  })

  test('follows from the share and the throughput of the client in files that did not record it', () => {
    expect(controlIn({ against, requestsPerSecond })).toBe(10_000)
    expect(controlIn({ against })).toBeUndefined()
  })

  test('is that of other clients under the same scenario where its own is not known', () => {
    const file = budgetFileOf(tuned)
    expect(tunedControl(file, 'node-fetch', 'small-4')).toBe(10_000)
    expect(tunedControl(file, 'node-fetch', 'small-64')).toBeUndefined()
  })

  test('is its own throughput where the control itself is measured', () => {
    const file = withTuned(budgetFileOf({}), { client: 'http', scenario: 'small-4' }, { requestsPerSecond })
    expect(tunedControl(file, 'http', 'small-4')).toBe(2_000)
  })
})

describe('a machine', () => {
  test.each([
    [[10_000, 10_000], undefined],
    [[7_500, 7_500], undefined],
    [[13_000, 14_000], undefined],
    [[3_000, 3_600], 'the control makes 33 % of what it made at tuning'],
    [[30_000], 'the control makes 300 % of what it made at tuning'],
  ])('whose control makes %j differs: %s', (rates, difference) => {
    expect(controlDifference(besideControlAt(...rates), budgetFileOf(tuned))).toBe(difference)
  })

  test('is taken for the tuned one where nothing tells how fast it is', () => {
    expect(controlDifference(measurementOf({ load: [] }), budgetFileOf(tuned))).toBeUndefined()
    expect(controlDifference(besideControlAt(3_000), budgetFileOf({}))).toBeUndefined()
  })

  test('of another speed is another one for every budget, whatever its class', () => {
    const opened = openCase(besideControlAt(3_000, 3_600), 'throughput per second', judgingBy(tuned))
    expect(opened).toMatchObject({
      sameMachineClass: false,
      inflation: 2,
      machineDifference: 'another machine than the tuned one (the control makes 33 % of what it made at tuning)',
    })
  })
})
