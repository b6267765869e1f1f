import { describe, expect, test } from 'vitest'
import { type TunedScenario, withTuned } from './budget-file.ts'
import { controlDifference, tunedControl } from './control.ts'
import { inflationOf, openCase } from './judgement.ts'
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
  const controlIn = (entries: TunedScenario) => tunedControl(budgetFileOf(entries), 'small-4')

  test('is what was recorded', () => {
    expect(controlIn(tuned)).toBe(10_000)
  })

  test('follows from the share and the throughput of the client in files that did not record it', () => {
    expect(controlIn({ against, requestsPerSecond })).toBe(10_000)
    expect(controlIn({ against })).toBeUndefined()
  })

  test('is the median of what it was beside all clients under the scenario', () => {
    const beside = (client: string, expected: number, file = budgetFileOf(tuned)) =>
      withTuned(file, { client, scenario: 'small-4' }, { controlRequestsPerSecond: { expected } })
    const file = beside('fetch', 30_000, beside('node-fetch', 11_000))
    expect(tunedControl(file, 'small-4')).toBe(11_000)
    expect(tunedControl(file, 'small-64')).toBeUndefined()
  })

  test('is its own throughput where the control itself is measured', () => {
    const file = withTuned(budgetFileOf({}), { client: 'http', scenario: 'small-4' }, { requestsPerSecond })
    expect(tunedControl(file, 'small-4')).toBe(2_000)
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

  test('of another speed is another one for what is measured under load, and not for the arms of a pair', () => {
    const opened = openCase(besideControlAt(3_000, 3_600), 'throughput per second', judgingBy(tuned))
    if ('state' in opened) throw new Error(`closed as ${opened.state}`)
    expect(opened).toMatchObject({
      sameMachineClass: true,
      asFast: false,
      machineDifference: 'another machine than the tuned one (the control makes 33 % of what it made at tuning)',
    })
    expect([inflationOf(opened, 'load'), inflationOf(opened, 'pair')]).toEqual([2, 1])
  })

  test('is the same one at every look: the replicates of the first decide', () => {
    const slowedDown = besideControlAt(10_000, 10_000, 2_000, 2_000)
    expect(controlDifference(slowedDown, budgetFileOf(tuned))).toBe('the control makes 45 % of what it made at tuning')
    expect(controlDifference(slowedDown, budgetFileOf(tuned), 2)).toBeUndefined()
    expect(openCase(slowedDown, 'throughput per second', judgingBy(tuned))).toMatchObject({ asFast: true })
  })
})
