import { expect, test } from 'vitest'
import { invalidMeasurement, measurementOf } from '../../helpers/budgets/test-measurement.ts'
import type { Verdict } from '../../helpers/budgets/verdict.ts'
import { reasonAgainst, whereaboutsOf } from './reason-against.ts'
import { nullOf, recordOf } from './test-tuning.ts'

const here = whereaboutsOf(recordOf())
const verdict = (state: Verdict['state']): Verdict => ({
  state,
  client: 'axios',
  scenario: 'small-4',
  budget: 'throughput against http',
  reason: '',
  compared: '',
  sameFiles: false,
  treeChanged: false,
})
const judged = (state: Verdict['state']) =>
  recordOf([], { entries: [{ measurement: nullOf(), verdicts: [verdict('pass'), verdict(state)] }] })

test('a run that ended well here is learnt from', () => {
  expect(reasonAgainst(recordOf(), here)).toBeUndefined()
  expect(reasonAgainst(judged('pass'), here)).toBeUndefined()
  expect(reasonAgainst(recordOf([measurementOf({ pair: { state: 'same files' } })]), here)).toBeUndefined()
})

test.each(['regressed', 'inconclusive', 'invalid'] as const)('a run with anything %s is not', (state) => {
  expect(reasonAgainst(judged(state), here)).toBe(`is ${state} in axios small-4, throughput against http`)
})

test('a run that is invalid, broken off, or goes on, is not', () => {
  expect(reasonAgainst(recordOf([invalidMeasurement('it hung')]), here)).toBe(
    'has an invalid measurement: axios small-4: it hung',
  )
  expect(reasonAgainst(recordOf([], { state: 'partial' }), here)).toBe('was broken off')
  expect(reasonAgainst(recordOf([], { state: 'running' }), here)).toBe('has not ended')
  expect(reasonAgainst(recordOf([], { exitCode: 3 }), here)).toBe('ended with exit code 3')
})

test('a run beside a reference of other files is not, unless that is what is asked for', () => {
  const changed = recordOf([measurementOf()])
  expect(reasonAgainst(changed, here)).toBe(
    'measured axios small-4 beside a reference of other files; budgets are tuned on equal trees',
  )
  expect(reasonAgainst(changed, here, 'any')).toBeUndefined()
})

test('a run of another machine, Node or set of flags is named as such', () => {
  const { machine } = recordOf()
  const there = recordOf([], { machine: { ...machine, class: 'big', node: '24.1.0' }, flags: [] })
  expect(reasonAgainst(there, here)).toBe(
    `was measured elsewhere: machine big, not ${here.machine}; Node 24.1.0, not ${here.node}; ` +
      `flags none, not ${here.flags.join(' ')}`,
  )
})
