import { describe, expect, test } from 'vitest'
import { editLine, specEdit } from './spec-edit.ts'
import { proposalOf } from './test-tuning.ts'

const spec = `const tail = {
  p75: { tolerates: '2.6 %', catches: '7 %' },
  p90: { tolerates: '9 %', catches: '24 %' },
} as const
const reach = { tolerates: '30 %', catches: '64 %' } as const
const allocatedBytes = { tolerates: '6 %', catches: '17 %' } as const

test('one', async () => {
  const result = await measure(axios, sequential)
  await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
  await expect(result).toHoldItsTail({
    ...tail,
    p90: { tolerates: '10 %', catches: '27 %' },
    'over 10 ×': { tolerates: '1 %', catches: '3 %' },
  })
  await expect(result).toReach('http', reach)
  await expect(result).toCost({ ...given, connections: 4, allocatedBytes })
})
`

describe('the line of an edit', () => {
  test.each([
    ['in the call', 10, 'reference', 10],
    ['at the entry of the call', 11, 'tail/p90', 13],
    ['at a quoted entry', 11, 'slowBatches/over 10 ×', 14],
    ['at the entry that the file defines once, where it is spread', 11, 'tail/p75', 2],
    ['at the constant that is named', 16, 'against/http', 5],
    ['at the constant that is an entry', 17, 'allocatedBytesPerRequest', 6],
  ])('is %s', (_, call, place, line) => {
    expect(editLine(spec, call, place)).toEqual({ line, isExact: true })
  })

  test('is that of the call where nothing tells', () => {
    expect(editLine(spec, 17, 'totals/cpu')).toEqual({ line: 17, isExact: false })
  })
})

const promise = (isKept: boolean, tolerates: number, catches: number) => ({
  budget: 'throughput against http',
  place: 'against/http',
  scale: 'throughput' as const,
  stated: { tolerates: 0.1, catches: 0.3 },
  needed: { tolerates, catches },
  strictest: { tolerates, catches },
  isKept,
  isKeptBy: () => isKept,
})

describe('an edit', () => {
  test('states what is needed, and where several share a place the widest of it', () => {
    const [one, other] = [
      specEdit(proposalOf({ promised: [promise(false, 0.12, 0.3)] })),
      specEdit(proposalOf({ promised: [promise(false, 0.11, 0.35)] })),
    ]
    if (one === undefined || other === undefined) throw new Error('no edit')
    expect(one.from).toBe("{ tolerates: '10 %', catches: '30 %' }")
    expect(one.to([])).toBe("{ tolerates: '12 %', catches: '30 %' }")
    expect(one.to([other])).toBe("{ tolerates: '12 %', catches: '35 %' }")
  })

  test('of bytes is in numbers', () => {
    const edit = specEdit(proposalOf({ scale: 'bytes', promised: [promise(false, 65, 170)] }))
    expect(edit?.to([])).toBe('{ tolerates: 65, catches: 170 }')
  })

  test('of a limit per second is half of the lowest, of several the lowest', () => {
    const limit = { stated: 2_000, sound: 850, isFar: true, isKept: false }
    const edit = specEdit(proposalOf({ limit }))
    const other = specEdit(proposalOf({ limit: { ...limit, sound: 700 } }))
    expect(edit?.from).toBe('requestsPerSecond: 2000')
    expect(edit?.to(other === undefined ? [] : [other])).toBe('requestsPerSecond: 700')
    expect(specEdit(proposalOf({ limit: { ...limit, isFar: false, isKept: true } }))).toBeUndefined()
  })

  test('is none where nothing that could be stated can be kept', () => {
    const { needed: _, ...never } = promise(false, 0.1, 0.3)
    expect(specEdit(proposalOf({ promised: [promise(false, 0.1, 0.3), never] }))).toBeUndefined()
  })

  test('is none where what is stated can be kept', () => {
    expect(specEdit(proposalOf({ promised: [promise(true, 0.1, 0.3)] }))).toBeUndefined()
  })
})
