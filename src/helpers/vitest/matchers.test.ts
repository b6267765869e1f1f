import { beforeEach, describe, expect, test } from 'vitest'
import { budgetFileOf, invalidMeasurement, measurementOf, replicateOf } from '../budgets/test-measurement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { thisMachine } from '../measure/machine.ts'
import type { Measurement } from '../measure/result.ts'
import { openSession, provideSession } from '../session/session.ts'
import { projectAt } from '../trees/project.ts'
import { budgetMatchers } from './matchers.ts'

let verdicts: Verdict[] = []

function beginSession({ strict = false } = {}): void {
  verdicts = []
  const { tuned, ...file } = budgetFileOf()
  const machine = { ...tuned.machine, class: thisMachine().class }
  const session = openSession(
    {
      project: projectAt('/no-such-project'),
      seed: 42,
      strict,
      say: () => {},
      onVerdict: (_, verdict) => verdicts.push(verdict),
    },
    { ...file, tuned: { ...tuned, machine } },
  )
  provideSession(() => session)
}
beforeEach(() => beginSession())

const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const
const pairAt = (...shares: number[]): Measurement =>
  measurementOf({
    pair: { state: 'measured', sameFiles: false, replicates: shares.map((share) => replicateOf(share)) },
  })

test('each matcher judges its budgets and hands every verdict on', () => {
  const measurement = measurementOf()
  const { toKeepUpWith, toReach, toSustain, toCost } = budgetMatchers
  const passes = [
    toKeepUpWith(measurement, 'reference', thresholds),
    toReach(measurement, 'http', { tolerates: '20 %', catches: '30 %' }),
    toSustain(measurement, { requestsPerSecond: 800 }),
    toCost(measurement, { connections: 4, requestBytes: 'unchanged' }),
  ].map(({ pass }) => pass)
  expect(passes).toEqual([true, true, true, true])
  expect(verdicts.map(({ budget, state }) => `${budget}: ${state}`)).toEqual([
    'throughput against reference: pass',
    'throughput against http: pass',
    'throughput per second: pass',
    'connections: pass',
    'request bytes: pass',
  ])
})

describe('the message', () => {
  test('of several costs is that of the broken ones', () => {
    const { pass, message } = budgetMatchers.toCost(measurementOf(), { connections: 5, requestBytes: 'unchanged' })
    expect(pass).toBe(false)
    expect(message()).toBe(
      [
        'axios small-4, connections: regressed',
        '  measured    4 connections',
        '  expected    5 connections, exactly',
        '  difference  −1',
        '  compared    the stated number',
        '  reason      4 connections, expected exactly 5',
        '  again       npx wiregauge run axios --scenario small-4 --seed 42',
      ].join('\n'),
    )
  })

  test('of costs that all pass is that of each', () => {
    const { message } = budgetMatchers.toCost(measurementOf(), { connections: 4, requestBytes: 'unchanged' })
    expect(message().match(/^axios small-4, .*$/gm)).toEqual([
      'axios small-4, connections: pass',
      'axios small-4, request bytes: pass',
    ])
  })
})

test('inconclusive fails where the tree changed', () => {
  expect(budgetMatchers.toKeepUpWith(pairAt(0.9, 1, 1.02), 'reference', thresholds).pass).toBe(false)
})

test('inconclusive where nothing changed fails only a strict run', () => {
  const inconclusive = measurementOf({
    pair: { state: 'measured', sameFiles: true, replicates: [0.9, 1, 1.02].map((share) => replicateOf(share)) },
  })
  expect(budgetMatchers.toKeepUpWith(inconclusive, 'reference', thresholds).pass).toBe(true)
  beginSession({ strict: true })
  expect(budgetMatchers.toKeepUpWith(inconclusive, 'reference', thresholds).pass).toBe(false)
})

test('an invalid measurement fails, with its reason', () => {
  const { pass, message } = budgetMatchers.toSustain(invalidMeasurement('axios: hung'), { requestsPerSecond: 800 })
  expect(pass).toBe(false)
  expect(message()).toContain('  reason      axios: hung\n')
})

test('throughput can keep up with the reference only; other clients are reached', () => {
  expect(() => budgetMatchers.toKeepUpWith(measurementOf(), 'http' as 'reference', thresholds)).toThrow(
    new UsageError(`toKeepUpWith knows no arm "http"; expected 'reference', or use toReach for another client`),
  )
})

const thresholdsExample = "thresholds, such as { tolerates: '1.5 %', catches: '5 %' }"
const costsExample = "costs, such as { connections: 4, requestBytes: 'unchanged' }"

test.each<[keyof typeof budgetMatchers, unknown[], string]>([
  ['toKeepUpWith', ['reference'], `undefined; expected ${thresholdsExample}`],
  ['toReach', ['http'], `undefined; expected ${thresholdsExample}`],
  ['toReach', ['http', '20 %'], `"20 %"; expected ${thresholdsExample}`],
  ['toReach', [], "undefined; expected the name of a client, such as 'http'"],
  ['toSustain', [], 'undefined; expected { requestsPerSecond: 800 }'],
  ['toSustain', [{ requestsPerSecond: '800' }], '{"requestsPerSecond":"800"}; expected { requestsPerSecond: 800 }'],
  ['toCost', [], `undefined; expected ${costsExample}`],
  ['toCost', [null], `null; expected ${costsExample}`],
])('%s of %j says what it expects', (matcher, stated, told) => {
  const call = budgetMatchers[matcher] as (received: Measurement, ...stated: unknown[]) => unknown
  expect(() => call(measurementOf(), ...stated)).toThrow(new UsageError(`${matcher} got ${told}`))
})

test.each([42, undefined, null, { status: 200 }])('%j is no measurement', (received) => {
  expect(() => budgetMatchers.toSustain(received as unknown as Measurement, { requestsPerSecond: 800 })).toThrow(
    new UsageError(`expect got ${JSON.stringify(received)}; budgets are stated about what \`measure\` resolves to`),
  )
})
