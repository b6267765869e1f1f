import { describe, expect, test } from 'vitest'
import { type Case, type DecisionBasis, inflationOf, openCase } from './judgement.ts'
import { invalidMeasurement, judgingBy, measurementOf, pairOf, tunedThroughout } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

function caseOf(opened: Case | Verdict): Case {
  if ('state' in opened) throw new Error(`closed as ${opened.state}`)
  return opened
}

const scattering = { expected: 1, scatter: 0.02, replicates: 9 }
const special = { state: 'pass', reason: 'reason', compared: 'compared' } as const

describe('the case of a budget', () => {
  test('is closed at once where the measurement is invalid, for its reason', () => {
    expect(openCase(invalidMeasurement('axios: hung'), 'allocated bytes', judgingBy())).toEqual({
      state: 'invalid',
      client: 'axios',
      scenario: 'small-4',
      budget: 'allocated bytes',
      reason: 'axios: hung',
      compared: 'nothing',
      sameFiles: false,
      treeChanged: false,
    })
  })

  test('shares the rate of false reds with every scattering budget of the file', () => {
    const { rates } = caseOf(openCase(measurementOf(), 'allocated bytes', judgingBy()))
    expect(rates).toEqual({ falseRed: 0.001 / 4, missed: 0.01 })
    const all = caseOf(openCase(measurementOf(), 'allocated bytes', judgingBy(tunedThroughout)))
    expect(all.rates.falseRed).toBe(0.001 / 20)
  })

  test('takes the tuned scatter on the machine class of the tuning, and twice as much on another', () => {
    const here = caseOf(openCase(measurementOf(), 'allocated bytes', judgingBy()))
    const elsewhere = caseOf(openCase(measurementOf(), 'allocated bytes', judgingBy(undefined, 'another')))
    expect([here.sameMachineClass, inflationOf(here, 'pair'), inflationOf(here, 'load')]).toEqual([true, 1, 1])
    expect([elsewhere.sameMachineClass, inflationOf(elsewhere, 'pair')]).toEqual([false, 2])
  })

  test('names the facts in which another machine differs, Node and flags among them', () => {
    const elsewhere = { ...judgingBy(undefined, 'another'), machine: { class: 'another', node: '26.11.0' } }
    expect(caseOf(openCase(measurementOf(), 'allocated bytes', elsewhere)).machineDifference).toBe(
      'another machine than the tuned one (class another, tuned on tuned, Node 26.11.0, tuned on 26.10.0)',
    )
  })

  test('has the noise of the machine, and else that of the run', () => {
    const noisyRun = { ...judgingBy(), runNoise: () => 'its own A/A pairs scatter' }
    const stolen = measurementOf({ machineState: { loadAverage: 1, stealShare: 0.34 } })
    const noiseIn = (measurement: ReturnType<typeof measurementOf>, context: ReturnType<typeof judgingBy>) =>
      caseOf(openCase(measurement, 'allocated bytes', context)).noise
    expect(noiseIn(measurementOf(), judgingBy())).toBeUndefined()
    expect(noiseIn(measurementOf(), noisyRun)).toBe('its own A/A pairs scatter')
    expect(noiseIn(stolen, noisyRun)).toBe("34 % of the cores' time was stolen")
  })

  test('tells who asks what a decision rests on', () => {
    const told: DecisionBasis[] = []
    const context = { ...judgingBy(), onDecision: (basis: DecisionBasis) => told.push(basis) }
    const basis = {
      evidence: 'pair',
      scale: 'cost',
      gains: [0.1, -0.1],
      scatter: 0.02,
      limits: { tolerates: -0.03, catches: -0.06 },
      looks: [3, 6, 12],
    } as const
    caseOf(openCase(measurementOf(), 'allocated bytes', context)).note(basis)
    expect(told).toEqual([{ client: 'axios', scenario: 'small-4', budget: 'allocated bytes', ...basis }])
  })

  test('needs its entry in the budget file, and says which one is missing', () => {
    const opened = caseOf(openCase(measurementOf(), 'request bytes', judgingBy({ reference: scattering })))
    expect(opened.need('reference')).toBe(scattering)
    expect(() => opened.need('requestBytes')).toThrow(
      new UsageError(
        'perf/budgets.json: /clients/axios/small-4/requestBytes is missing; a spec states a budget that was never ' +
          'tuned. `wiregauge tune --missing --write` measures it a few times and adds what is expected.',
      ),
    )
  })
})

describe('a verdict', () => {
  const verdictOn = (pair: Parameters<typeof measurementOf>[0], budget: string) => {
    const { sameFiles, treeChanged } = caseOf(openCase(measurementOf(pair), budget, judgingBy())).verdict(special)
    return { sameFiles, treeChanged }
  }

  test('tells the same files apart only where the arms of the pair are what it compares', () => {
    const nulls = { pair: pairOf({ sameFiles: true }) }
    expect(verdictOn(nulls, 'throughput against reference')).toEqual({ sameFiles: true, treeChanged: false })
    expect(verdictOn(nulls, 'allocated bytes')).toEqual({ sameFiles: false, treeChanged: false })
    expect(verdictOn({ pair: { state: 'same files' } }, 'throughput against reference')).toEqual({
      sameFiles: true,
      treeChanged: false,
    })
  })

  test('of any budget tells that the tree changed', () => {
    expect(verdictOn({}, 'throughput against http')).toEqual({ sameFiles: false, treeChanged: true })
  })

  test('of a client without reference tells neither', () => {
    const none = { pair: { state: 'no reference', reason: 'it comes with Node', treeChanged: false } } as const
    expect(verdictOn(none, 'throughput against http')).toEqual({ sameFiles: false, treeChanged: false })
  })
})
