import { describe, expect, test } from 'vitest'
import { comparedValues } from './compared-values.ts'

const value = { expected: 100, scatter: 0.02, replicates: 50 }
const to = (changes: object, scale: Parameters<typeof comparedValues>[2] = 'throughput') =>
  comparedValues(value, { ...value, ...changes }, scale)

describe('a proposed value', () => {
  test('that lies within the error of what is known is the same, and stays', () => {
    // 3 × 0.02 × √(2 / 50) = 0.012, and e to 3 × √(2 / 100) is 1.53.
    expect(to({ expected: 101, scatter: 0.03 })).toEqual({ change: 'same', what: [], kept: value })
    expect(to({ expected: 99, scatter: 0.0135 })).toEqual({ change: 'same', what: [], kept: value })
  })

  test('that scatters more is looser, and one that scatters less is tighter', () => {
    expect(to({ scatter: 0.032 })).toMatchObject({ change: 'looser', what: ['scatter 0.02 → 0.032'] })
    expect(to({ scatter: 0.0128 })).toMatchObject({ change: 'tighter', what: ['scatter 0.02 → 0.0128'] })
  })

  test('that scatters less and is a little worse, within the error, is not expected to be worse', () => {
    expect(to({ expected: 99, scatter: 0.01, replicates: 40 })).toMatchObject({
      change: 'tighter',
      kept: { expected: 100, scatter: 0.01, replicates: 50 },
    })
  })

  test('that has moved takes over what else belongs to it, and leaves a scatter that is the same', () => {
    const current = { ...value, lowest: 80 }
    expect(
      comparedValues(current, { expected: 110, scatter: 0.021, replicates: 40, lowest: 90 }, 'throughput'),
    ).toEqual({
      change: 'tighter',
      what: ['expected 100 → 110'],
      kept: { expected: 110, scatter: 0.02, replicates: 40, lowest: 90 },
    })
  })

  test('that is worse is looser: less throughput, and more of a cost', () => {
    expect(to({ expected: 98 })).toMatchObject({ change: 'looser', what: ['expected 100 → 98'] })
    expect(to({ expected: 102 })).toMatchObject({ change: 'tighter' })
    expect(to({ expected: 102 }, 'cost')).toMatchObject({ change: 'looser' })
    expect(to({ expected: 102 }, 'bytes')).toMatchObject({ change: 'looser' })
  })

  test('that is better in one and worse in another is looser', () => {
    expect(to({ expected: 110, scatter: 0.04 })).toMatchObject({ change: 'looser' })
    expect(to({ expected: 90, scatter: 0.01 })).toMatchObject({ change: 'looser' })
  })

  test('that is exact moves by anything', () => {
    expect(comparedValues({ expected: 190 }, { expected: 191 }, 'cost')).toEqual({
      change: 'looser',
      what: ['expected 190 → 191'],
      kept: { expected: 191 },
    })
    expect(comparedValues({ expected: 190 }, { expected: 189 }, 'cost').change).toBe('tighter')
    expect(comparedValues({ expected: 190 }, { expected: 190 }, 'cost').change).toBe('same')
  })
})
