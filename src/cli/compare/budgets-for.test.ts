import { describe, expect, test } from 'vitest'
import type { TunedScenario } from '../../helpers/budgets/budget-file.ts'
import { inflationElsewhere } from '../../helpers/budgets/judgement.ts'
import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import { budgetFileOf, judgingBy, tunedThroughout } from '../../helpers/budgets/test-measurement.ts'
import { axios } from '../../helpers/clients/axios.ts'
import { smallJson } from '../../helpers/scenarios/list.ts'
import { budgetsFor } from './budgets-for.ts'
import type { ComparisonWay } from './plan.ts'

const subject = { client: axios, scenario: smallJson({ inFlight: 4 }) }
const together: ComparisonWay = { sameFiles: false, allocation: true }
const inTurns: ComparisonWay = { ...together, turns: 'one process has one Node' }
const stated: StatedThresholds = {
  reference: { tolerates: '3 %', catches: '9 %' },
  costs: { allocatedBytes: { tolerates: '4 %', catches: '8 %' }, requestBytes: 'unchanged', connections: 4 },
  against: new Map(),
}

/** What a comparison of axios under small-4 is judged by, on the machine of the tuning. */
function budgets(given: { tuned?: TunedScenario; stated?: StatedThresholds; way?: ComparisonWay; machine?: string }) {
  const { tuned = tunedThroughout, way = together, machine } = given
  return budgetsFor(subject, given.stated, way, judgingBy(tuned, machine))
}

const catches = ({ stated: { reference } }: ReturnType<typeof budgets>): number =>
  Number.parseFloat(reference?.catches ?? '')

describe('the budgets of a comparison', () => {
  test('are those of the specs, where both arms are in one process', () => {
    expect(budgets({ stated }).stated).toMatchObject({ reference: stated.reference, costs: stated.costs })
  })

  test('are default ones in processes that take turns, whatever the specs state', () => {
    const { reference, costs } = budgets({ stated, way: inTurns }).stated
    expect(reference).not.toEqual(stated.reference)
    expect(Object.keys(costs ?? {})).toEqual(['requestBytes', 'responseBytes', 'allocatedBytes'])
  })

  test('hold nothing between the same files that is compared with tuned figures', () => {
    const way = { ...together, sameFiles: true }
    expect(budgets({ stated, way }).stated.costs).toEqual({ connections: 4 })
    expect(budgets({ way }).stated.costs).toBeUndefined()
  })

  test('leave out allocation where one of the two cannot tell it', () => {
    expect(budgets({ stated, way: { ...together, allocation: false } }).stated.costs).toEqual({
      requestBytes: 'unchanged',
      connections: 4,
    })
    expect(budgets({ way: { ...inTurns, allocation: false } }).stated.costs).toEqual({
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
    })
  })

  test('are coarser on another machine than that of the tuning', () => {
    expect(inflationElsewhere).toBeGreaterThan(1)
    const tuned = { ...tunedThroughout, reference: { expected: 1, scatter: 0.03, replicates: 15 } }
    expect(catches(budgets({ tuned, machine: 'another' }))).toBeGreaterThan(catches(budgets({ tuned })))
  })

  test('take a ratio of two processes to scatter √2 times as much as the bytes of one', () => {
    const { judging } = budgets({ way: inTurns })
    const { scatter } = tunedThroughout.allocatedBytesPerRequest ?? {}
    expect(judging.budgets.clients['axios']?.['small-4']?.allocatedBytesPerRequest?.scatter).toBeCloseTo(
      (scatter ?? 0) * Math.SQRT2,
    )
    // What is in the file stays as it is.
    expect(budgetFileOf(tunedThroughout).clients['axios']?.['small-4']?.allocatedBytesPerRequest?.scatter).toBe(scatter)
  })

  test('borrow the same from another client, and say so in few digits', () => {
    const never = { ...subject, client: { ...axios, name: 'never-tuned' } }
    const { notes } = budgetsFor(never, undefined, inTurns, judgingBy(tunedThroughout))
    expect(notes).toEqual([
      'never tuned, judged by the scatter of axios small-4, 0.03',
      'never tuned, judged by the scatter of axios small-4, 0.00707',
    ])
  })
})
