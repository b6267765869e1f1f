import { expect, test } from 'vitest'
import { measuredValues } from '../../helpers/budgets/measured-values.ts'
import { measurementOf } from '../../helpers/budgets/test-measurement.ts'
import { learntPart } from './learnt-part.ts'
import { nullOf } from './test-tuning.ts'

const otherFiles = 'its reference has other files, and budgets against it are tuned on equal trees'

test('everything is learnt beside a reference of the same files, and without one', () => {
  for (const measurement of [nullOf(), nullOf(undefined, { pair: { state: 'same files' } })]) {
    expect(learntPart(measurement, 'equal')).toEqual({ measurement, doubts: [] })
  }
})

test('beside a reference of other files only what was measured under load is', () => {
  const { measurement, doubts } = learntPart(measurementOf(), 'equal')
  if (measurement === undefined) throw new Error('nothing is learnt')
  expect(doubts).toEqual([otherFiles])
  expect(measuredValues(measurement, 'against/http')).toEqual([0.2, 0.2])
  expect(measuredValues(measurement, 'requestBytes')).toEqual([190, 190])
  expect(measuredValues(measurement, 'reference')).toEqual([])
  expect(learntPart(measurementOf({ load: [] }), 'equal')).toEqual({ doubts: [otherFiles] })
})

test('pairs of equal builds are learnt from where they are asked for', () => {
  const builds = measurementOf()
  expect(learntPart(builds, 'any')).toEqual({ measurement: builds, doubts: [] })
})

test('a noisy machine teaches nothing either way', () => {
  const noisy = nullOf(undefined, { machineState: { loadAverage: 1, stealShare: 0.4 } })
  for (const trees of ['equal', 'any'] as const) expect(learntPart(noisy, trees).measurement).toBeUndefined()
})
