import { expect, test } from 'vitest'
import { loadOf } from '../../helpers/budgets/test-measurement.ts'
import { controlDrift } from './control-drift.ts'
import { nullOf } from './test-tuning.ts'

/** A run in which the control made so much under each scenario. */
function run(day: number, rates: Readonly<Record<string, number>>) {
  const measurements = Object.entries(rates).map(([scenario, rate]) =>
    nullOf(undefined, { scenario, load: [{ seed: 1, clients: [loadOf('axios', 2_000), loadOf('http', rate)] }] }),
  )
  return { startedAt: `2026-11-2${day}T10:00:00.000Z`, measurements }
}

test('runs on a machine that was as fast in each are not told', () => {
  expect(controlDrift([])).toBeUndefined()
  expect(controlDrift([run(0, { small: 10_000 })])).toBeUndefined()
  expect(controlDrift([run(0, { small: 10_000 }), run(1, { small: 14_000, tls: 5_000 })])).toBeUndefined()
})

test('a run in which the control was far slower, or faster, is named', () => {
  const runs = [run(0, { small: 10_000, tls: 5_000 }), run(1, { small: 10_500 }), run(2, { small: 5_000, tls: 2_600 })]
  expect(controlDrift(runs)).toMatch(
    /^the control is not as fast in all runs .* of its median it made 60 % in that of 2026-11-22T10:00:00\.000Z$/,
  )
})

test('runs of different scenarios are not compared', () => {
  expect(controlDrift([run(0, { small: 10_000 }), run(1, { tls: 3_000 })])).toBeUndefined()
})
