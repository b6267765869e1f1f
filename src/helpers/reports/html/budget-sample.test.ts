import { expect, test } from 'vitest'
import { loadOf, measurementOf, pairOf, replicateOf, serviceOf } from '../../budgets/test-measurement.ts'
import { bareVerdict } from '../../budgets/test-verdict.ts'
import { budgetSample } from './budget-sample.ts'

const measurement = measurementOf({
  pair: pairOf({ replicates: [replicateOf(0.9), replicateOf(1)] }),
  load: [{ seed: 1, clients: [loadOf('axios', 2_000, { service: serviceOf() }), loadOf('http', 10_000)] }],
})
const sampleOf = (budget: string, of = measurement) => budgetSample(of, bareVerdict({ budget, expected: 1 }))
const close = (value: number) => expect.closeTo(value, 9)

test('throughput against the reference rests on its processes and on every paired difference', () => {
  expect(sampleOf('throughput against reference')).toEqual({
    replicates: [close(0.9), close(1)],
    paired: [close(0.9), close(1)],
  })
})

test.each([
  ['CPU time against reference', [close(1), close(1)]],
  ['throughput against http', [close(0.2)]],
  ['throughput per second', [2_000]],
  ['allocated bytes', [75_000]],
  ['event-loop delay', [5]],
  ['/ping beside', [8]],
])('%s rests on its processes', (budget, replicates) => {
  expect(sampleOf(budget)).toEqual({ replicates, paired: [] })
})

test.each(['connections', 'throughput against nobody', 'something of another version'])(
  'of %s there is nothing',
  (budget) => {
    expect(sampleOf(budget)).toEqual({ replicates: [], paired: [] })
  },
)

test('of a pair that was not measured there is nothing', () => {
  const unpaired = measurementOf({ pair: { state: 'same files' } })
  expect(sampleOf('throughput against reference', unpaired)).toEqual({ replicates: [], paired: [] })
})
