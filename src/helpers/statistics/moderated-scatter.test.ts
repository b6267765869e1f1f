import { expect, test } from 'vitest'
import { moderatedScatters } from './moderated-scatter.ts'
import { randomFrom } from './random.ts'
import { rootMeanSquare } from './summary.ts'
import { normalFrom } from './test-normal.ts'

const estimated = (deviations: readonly number[], degrees: readonly number[]) =>
  deviations.map((deviation, place) => ({ deviation, degreesOfFreedom: degrees[place] ?? Number.NaN }))

test('scatters that differ move towards each other, as the same formulas give in NumPy and SciPy', () => {
  const moderated = moderatedScatters(estimated([0.003, 0.005, 0.004, 0.012, 0.02, 0.006], [6, 6, 6, 6, 3, 9]))
  const deviations = [
    0.0037308358424145444, 0.005104251958577016, 0.004384959671592392, 0.010784335265106968, 0.015992235247199074,
    0.005902268682469875,
  ]
  for (const [place, { deviation }] of moderated.entries()) expect(deviation).toBeCloseTo(deviations[place] ?? 0, 12)
  expect(moderated[0]?.degreesOfFreedom).toBeCloseTo(6 + 1.9114889165747087, 9)
})

test('scatters that differ no more than by chance become one', () => {
  const moderated = moderatedScatters(estimated([0.01, 0.011, 0.009, 0.0105], [9, 9, 9, 9]))
  for (const { deviation, degreesOfFreedom } of moderated) {
    expect(deviation).toBeCloseTo(0.010696036852936387, 12)
    expect(degreesOfFreedom).toBe(Number.POSITIVE_INFINITY)
  }
})

test('a single one stays as it is', () => {
  const alone = estimated([0.01], [4])
  expect(moderatedScatters(alone)).toEqual(alone)
})

test('moderated, scatters of few values are nearer to the truth', () => {
  const normal = normalFrom(randomFrom(5))
  const truths = Array.from({ length: 400 }, () => Math.exp(0.3 * normal()))
  const raw = truths.map((truth) => ({
    deviation: rootMeanSquare(Array.from({ length: 6 }, () => truth * normal())),
    degreesOfFreedom: 6,
  }))
  const error = (estimates: readonly { deviation: number }[]): number =>
    rootMeanSquare(estimates.map(({ deviation }, place) => Math.log(deviation / (truths[place] ?? 1))))
  expect(error(moderatedScatters(raw))).toBeLessThan(0.75 * error(raw))
})
