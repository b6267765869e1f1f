import { describe, expect, test } from 'vitest'
import { comparedValues } from './compared-values.ts'

const value = { expected: 100, scatter: 0.02, replicates: 50 }
const to = (changes: object, scale: Parameters<typeof comparedValues>[2] = 'throughput') =>
  comparedValues(value, { ...value, ...changes }, scale)

describe('a proposed value', () => {
  test('that lies within the error of what is known is the same', () => {
    // 2 × 0.02 × √(2 / 50) = 0.008, and 1 / √100 = 10 %.
    expect(to({ expected: 100.7, scatter: 0.0218 })).toEqual({ change: 'same', what: [] })
    expect(to({ expected: 99.3, scatter: 0.0183 })).toEqual({ change: 'same', what: [] })
  })

  test('that scatters more is looser, and one that scatters less is tighter', () => {
    expect(to({ scatter: 0.023 })).toEqual({ change: 'looser', what: ['scatter 0.02 → 0.023'] })
    expect(to({ scatter: 0.017 })).toEqual({ change: 'tighter', what: ['scatter 0.02 → 0.017'] })
  })

  test('that is worse is looser: less throughput, and more of a cost', () => {
    expect(to({ expected: 98 })).toEqual({ change: 'looser', what: ['expected 100 → 98'] })
    expect(to({ expected: 102 })).toMatchObject({ change: 'tighter' })
    expect(to({ expected: 102 }, 'cost')).toMatchObject({ change: 'looser' })
    expect(to({ expected: 102 }, 'bytes')).toMatchObject({ change: 'looser' })
  })

  test('that is better in one and worse in another is looser', () => {
    expect(to({ expected: 105, scatter: 0.03 })).toMatchObject({ change: 'looser' })
    expect(to({ expected: 95, scatter: 0.01 })).toMatchObject({ change: 'looser' })
  })

  test('that is exact moves by anything', () => {
    expect(comparedValues({ expected: 190 }, { expected: 191 }, 'cost')).toEqual({
      change: 'looser',
      what: ['expected 190 → 191'],
    })
    expect(comparedValues({ expected: 190 }, { expected: 189 }, 'cost').change).toBe('tighter')
    expect(comparedValues({ expected: 190 }, { expected: 190 }, 'cost').change).toBe('same')
  })
})
