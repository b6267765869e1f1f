import { expect, test } from 'vitest'
import { openCase } from './judgement.ts'
import { armsOf, measuredPair, notYetMeasured } from './pair-evidence.ts'
import { judgingBy, measurementOf, pairOf } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'
import { isFailure } from './verdict.ts'

function opened(changes: Parameters<typeof measurementOf>[0] = {}) {
  const each = openCase(measurementOf(changes), 'throughput against reference', judgingBy())
  if ('state' in each) throw new Error('closed')
  return each
}

test('a measured pair is had as it is', () => {
  const pair = pairOf()
  expect(measuredPair(opened({ pair }))).toBe(pair)
})

test('a pair of the same files that was not drawn is a pass without figures', () => {
  expect(measuredPair(opened({ pair: { state: 'same files' } }))).toMatchObject({ state: 'pass', sameFiles: true })
})

test('without a reference the spec is wrong', () => {
  const pair = { state: 'no reference', reason: 'it comes with Node', treeChanged: false } as const
  expect(() => measuredPair(opened({ pair }))).toThrow(
    new UsageError('axios has no reference: it comes with Node. Use toReach or toCost instead.'),
  )
})

test('without a reference yet it is a verdict, which fails nothing', () => {
  const reason = './src/api.ts is not at the merge base with main'
  const pair = { state: 'no reference', reason, treeChanged: true, isNew: true } as const
  const verdict = measuredPair(opened({ pair }))
  expect(verdict).toMatchObject({ state: 'no reference yet', reason, compared: 'nothing', treeChanged: true })
  expect('reason' in verdict && isFailure(verdict, true)).toBe(false)
})

test('what was not measured yet is asked for, up to its first look', () => {
  expect(notYetMeasured(opened(), 'retention')).toMatchObject({
    state: 'inconclusive',
    openTo: { evidence: 'retention', replicates: 0, missing: 1 },
  })
})

test('the arms are told with their versions', () => {
  expect(armsOf(pairOf())).toBe('current 1.21.1 with reference 1.21.0')
  expect(armsOf(pairOf({ sameFiles: true }))).toBe('current 1.21.1 with reference 1.21.0 (same files, A/A)')
})
