import { expect, test } from 'vitest'
import { invalidMeasurement, measurementOf } from '../../helpers/budgets/test-measurement.ts'
import { bareVerdict } from '../../helpers/budgets/test-verdict.ts'
import type { Verdict } from '../../helpers/budgets/verdict.ts'
import { differencesBetween, reasonAgainst, whereaboutsOf } from './reason-against.ts'
import { nullOf, recordOf } from './test-tuning.ts'

const here = whereaboutsOf(recordOf())
const verdict = (state: Verdict['state']) => bareVerdict({ state, budget: 'throughput against http' })
const judged = (state: Verdict['state']) =>
  recordOf([], { entries: [{ measurement: nullOf(), verdicts: [verdict('pass'), verdict(state)] }] })

test('a run that ended well is learnt from', () => {
  expect(reasonAgainst(recordOf())).toBeUndefined()
  expect(reasonAgainst(judged('pass'))).toBeUndefined()
  expect(reasonAgainst(recordOf([measurementOf({ pair: { state: 'same files' } })]))).toBeUndefined()
})

test.each(['regressed', 'inconclusive', 'invalid'] as const)('a run with anything %s is not', (state) => {
  expect(reasonAgainst(judged(state))).toBe(`is ${state} in axios small-4, throughput against http`)
})

test('a run that is invalid, broken off, or goes on, is not', () => {
  expect(reasonAgainst(recordOf([invalidMeasurement('it hung')]))).toBe(
    'has an invalid measurement: axios small-4: it hung',
  )
  expect(reasonAgainst(recordOf([], { state: 'partial' }))).toBe('was broken off')
  expect(reasonAgainst(recordOf([], { state: 'running' }))).toBe('has not ended')
  expect(reasonAgainst(recordOf([], { exitCode: 3 }))).toBe('ended with exit code 3')
})

test('another machine, Node or set of flags is named as such', () => {
  expect(differencesBetween({ machine: 'big', node: '24.1.0', flags: [] }, here)).toEqual([
    `machine big, not ${here.machine}`,
    `Node 24.1.0, not ${here.node}`,
    `flags none, not ${here.flags.join(' ')}`,
  ])
  expect(differencesBetween(here, here)).toEqual([])
})
