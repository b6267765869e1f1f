import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement } from '../measure/result.ts'
import { judgeAgainstReference } from './reference-throughput.ts'
import { invalidMeasurement, judgingBy, measurementOf, pairOf, replicateOf, soloOf } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const close = (value: number) => expect.closeTo(value, 6)

function keeping(shares: readonly number[], sameFiles = false): Partial<CompletedMeasurement> {
  const replicates = shares.map((share) => replicateOf(share))
  return { pair: pairOf({ sameFiles, replicates, solo: [soloOf(0.97), soloOf(0.98)] }) }
}

const times = (count: number, share: number): number[] => Array.from({ length: count }, () => share)

describe('throughput against the reference', () => {
  const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const
  const judge = (changes: Partial<CompletedMeasurement>, context = judgingBy()) =>
    judgeAgainstReference(measurementOf(changes), thresholds, context)

  test('passes when it is as expected, with everything that the verdict rests on', () => {
    // Half of the 95 % interval: 1.959964 × 0.005 / √3.
    const reach = (1.959963984540054 * 0.005) / Math.sqrt(3)
    expect(judge(keeping([1, 1, 1]))).toEqual({
      state: 'pass',
      client: 'axios',
      scenario: 'small-4',
      budget: 'throughput against reference',
      reason: 'throughput is 0.0 % above what is expected',
      measured: { estimate: 1, low: close(Math.exp(-reach)), high: close(Math.exp(reach)), level: 0.95 },
      unit: 'ratio',
      expected: 1,
      tolerates: close(0.985),
      catches: close(0.95),
      compared: 'current 1.21.1 with reference 1.21.0',
      sameFiles: false,
      treeChanged: true,
    })
  })

  test('regresses when it is surely beyond what is tolerated', () => {
    expect(judge(keeping(times(6, 0.85)))).toMatchObject({
      state: 'regressed',
      reason: 'throughput is 15.0 % below what is expected, wholly beyond what is tolerated',
    })
  })

  test('is open at the first look, however slow, and says what would decide it', () => {
    expect(judge(keeping(times(3, 0.85)))).toMatchObject({
      state: 'inconclusive',
      openTo: { evidence: 'pair', replicates: 3, missing: 3 },
    })
  })

  test('is inconclusive when its replicates differ more than the tuned scatter lets decide', () => {
    expect(judge(keeping([0.9, 1, 1.02]))).toMatchObject({
      state: 'inconclusive',
      reason:
        'throughput is 2.8 % below what is expected, but it is too noisy to tell: the replicates scatter 13.5 times more than at tuning',
    })
  })

  test('passes when it is faster', () => {
    expect(judge(keeping([1.3, 1.3, 1.3]))).toMatchObject({
      state: 'pass',
      reason: 'throughput is 30.0 % above what is expected',
    })
  })

  test('is binding on another machine class, with twice the scatter', () => {
    expect(judge(keeping(times(6, 0.85)), judgingBy(undefined, 'another')).state).toBe('regressed')
    expect(judge(keeping(times(6, 0.972))).state).toBe('regressed')
    expect(judge(keeping(times(6, 0.972)), judgingBy(undefined, 'another')).state).toBe('pass')
  })

  test('of the same files is said to be an A/A', () => {
    expect(judge(keeping(times(6, 0.85), true))).toMatchObject({
      state: 'regressed',
      sameFiles: true,
      compared: 'current 1.21.1 with reference 1.21.0 (same files, A/A)',
    })
  })

  test('of the same files that this run did not draw passes without figures', () => {
    expect(judge({ pair: { state: 'same files' } })).toEqual({
      state: 'pass',
      client: 'axios',
      scenario: 'small-4',
      budget: 'throughput against reference',
      reason: 'both trees hold the same files; this run drew others for its A/A',
      compared: 'nothing, the files are the same',
      sameFiles: true,
      treeChanged: false,
    })
  })

  test('must be tuned even while the files are the same, or the first changed lock file would find it missing', () => {
    expect(() => judge({ pair: { state: 'same files' } }, judgingBy({}))).toThrow(
      'perf/budgets.json: /clients/axios/small-4/reference is missing',
    )
  })

  test('must tolerate its noise even while the files are the same', () => {
    const noisy = judgingBy({ reference: { expected: 1, scatter: 0.02, replicates: 15 } })
    expect(() => judge({ pair: { state: 'same files' } }, noisy)).toThrow(
      'axios small-4, throughput against reference: tolerates 1.5 %, less than the noise of this budget',
    )
  })

  test('must have sound thresholds even while the files are the same', () => {
    const same = measurementOf({ pair: { state: 'same files' } })
    const swapped = { tolerates: '5 %', catches: '1.5 %' } as const
    expect(() => judgeAgainstReference(same, swapped, judgingBy())).toThrow(
      new UsageError('axios small-4, throughput against reference: tolerates (5 %) must be below catches (1.5 %)'),
    )
  })

  test('is no budget for a client without reference', () => {
    expect(() => judge({ pair: { state: 'no reference', reason: 'it comes with Node', treeChanged: false } })).toThrow(
      new UsageError('axios has no reference: it comes with Node. Use toReach or toCost instead.'),
    )
  })

  test('of what is invalid is invalid', () => {
    expect(judgeAgainstReference(invalidMeasurement('hung'), thresholds, judgingBy())).toMatchObject({
      state: 'invalid',
      reason: 'hung',
    })
  })

  test('on a noisy machine is red only when every replicate lies beyond what is caught', () => {
    const machineState = { loadAverage: 1, stealShare: 0.34 }
    expect(judge({ ...keeping(times(6, 0.953)), machineState })).toMatchObject({
      state: 'inconclusive',
      reason:
        "throughput is 4.7 % below what is expected, but it is too noisy to tell: 34 % of the cores' time was stolen",
    })
    expect(judge({ ...keeping(times(6, 0.8)), machineState })).toMatchObject({
      state: 'regressed',
      reason:
        'throughput is 20.0 % below what is expected, wholly beyond what is tolerated, and far outside of the noise ' +
        "(34 % of the cores' time was stolen)",
    })
  })

  test('that passes side by side and not alone is inconclusive: the arms interfere', () => {
    const alone = (shares: readonly number[]) => ({ pair: pairOf({ solo: shares.map(soloOf) }) })
    expect(judge(alone([0.99, 1.01])).state).toBe('pass')
    expect(judge(alone([0.4, 0.41]))).toMatchObject({ state: 'inconclusive', openTo: { evidence: 'solo' } })
    expect(judge(alone([0.4, 0.41, 0.4, 0.39]))).toMatchObject({
      state: 'inconclusive',
      reason: expect.stringMatching(
        /^arms interfere: alone the throughput changes by −60\.0 %, side by side throughput is 0\.0 % above/,
      ),
    })
  })
})
