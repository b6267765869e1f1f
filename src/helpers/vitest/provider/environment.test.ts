import { expect, test } from 'vitest'
import { benchSeedIn, processesIn } from './environment.ts'

test('six processes measure, or as many as are asked for', () => {
  expect(processesIn({})).toBe(6)
  expect(processesIn({ WIREGAUGE_BENCH_PROCESSES: '12' })).toBe(12)
})

test.each(['0', '', '-1', '100', 'many'])('%j is no number of processes', (given) => {
  expect(() => processesIn({ WIREGAUGE_BENCH_PROCESSES: given })).toThrow('expected a whole number from 1 to 99')
})

test('a seed is given or drawn', () => {
  expect(benchSeedIn({ WIREGAUGE_SEED: '7' })).toBe(7)
  expect(Number.isSafeInteger(benchSeedIn({}))).toBe(true)
  expect(() => benchSeedIn({ WIREGAUGE_SEED: 'x' })).toThrow('WIREGAUGE_SEED is "x"')
})
