import { describe, expect, test } from 'vitest'
import { moderatedScatters } from '../statistics/moderated-scatter.ts'
import { scatterBound } from '../statistics/scatter-bound.ts'
import { proposedValue, withModeratedScatter } from './proposed-value.ts'
import { budgetFileOf, tunedThroughout } from './test-measurement.ts'

const value = (deviation: number, degreesOfFreedom = 6, least = 0.002) =>
  proposedValue({ expected: 1, replicates: 6 }, [{ deviation, degreesOfFreedom }], least)

describe('a proposed value', () => {
  test('states the upper bound of its scatter, in four digits', () => {
    expect(value(0.01)).toEqual({
      expected: 1,
      scatter: Number(scatterBound(0.01, 6).toPrecision(4)),
      replicates: 6,
      own: { deviation: 0.01, degreesOfFreedom: 6 },
      least: 0.002,
    })
  })

  test('goes by the sample whose upper bound is the largest', () => {
    const samples = [
      { deviation: 0.01, degreesOfFreedom: 100 },
      { deviation: 0.009, degreesOfFreedom: 3 },
    ]
    expect(proposedValue({ expected: 1, replicates: 6 }, samples, 0).own).toEqual(samples[1])
  })

  test('scatters no less than its grain', () => {
    expect(value(0.001).own.deviation).toBe(0.002)
  })
})

describe('the scatters of a file', () => {
  const deviations = [0.003, 0.012, 0.006]
  const file = {
    ...budgetFileOf(),
    clients: {
      axios: {
        'small-4': { reference: value(0.003), against: { http: value(0.05) }, requestBytes: { expected: 190 } },
        'small-64': { reference: value(0.012), tail: { p90: value(0.04) } },
      },
      fetch: { 'small-4': { reference: value(0.006), against: { axios: value(0.08) } } },
    },
  }
  const stated = (all: readonly number[]) =>
    moderatedScatters(all.map((deviation) => ({ deviation, degreesOfFreedom: 6 }))).map(
      ({ deviation, degreesOfFreedom }) => ({
        expected: 1,
        scatter: Number(scatterBound(deviation, degreesOfFreedom).toPrecision(4)),
        replicates: 6,
      }),
    )

  test('are moderated by kind, ratios to other clients being one, and nothing else of a proposal is kept', () => {
    const [first, second, third] = stated(deviations)
    const [toHttp, toAxios] = stated([0.05, 0.08])
    expect(withModeratedScatter(file).clients).toEqual({
      axios: {
        'small-4': { reference: first, against: { http: toHttp }, requestBytes: { expected: 190 } },
        'small-64': { reference: second, tail: { p90: stated([0.04])[0] } },
      },
      fetch: { 'small-4': { reference: third, against: { axios: toAxios } } },
    })
  })

  test('stay as they are where they were tuned before', () => {
    const before = { ...budgetFileOf(), clients: { axios: { 'small-4': tunedThroughout } } }
    expect(withModeratedScatter(before)).toEqual(before)
  })
})
