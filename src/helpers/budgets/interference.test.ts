import { describe, expect, test } from 'vitest'
import { unlessArmsInterfere } from './interference.ts'
import { openCase } from './judgement.ts'
import { judgingBy, measurementOf, pairOf, soloOf, tunedThroughout } from './test-measurement.ts'
import type { Verdict } from './verdict.ts'

function judged(state: Verdict['state'], shares: readonly number[], sameFiles = false): Verdict {
  const opened = openCase(measurementOf(), 'throughput against reference', judgingBy(tunedThroughout))
  if ('state' in opened) throw new Error('closed')
  const verdict = opened.verdict({ state, reason: 'reason', compared: 'compared' })
  return unlessArmsInterfere(opened, verdict, pairOf({ sameFiles, solo: shares.map(soloOf) }), 0.015)
}

describe('what arms in processes of their own say', () => {
  test('is asked for where a verdict on the pair alone is decided', () => {
    const openTo = { evidence: 'solo', replicates: 0 }
    expect(judged('pass', [])).toMatchObject({ state: 'inconclusive', openTo })
    expect(judged('regressed', [])).toMatchObject({ state: 'inconclusive', openTo })
  })

  test('does not matter to what is inconclusive, and between the same files', () => {
    expect(judged('inconclusive', [0.4, 0.4]).reason).toBe('reason')
    expect(judged('pass', [], true).state).toBe('pass')
    expect(judged('regressed', [1.2, 1.2], true).state).toBe('regressed')
  })

  test('confirms a pass, coarsely', () => {
    expect(judged('pass', [0.9, 0.92]).state).toBe('pass')
  })

  test('makes a pass inconclusive where the arms alone differ, and wants to see it again first', () => {
    expect(judged('pass', [0.5, 0.5])).toMatchObject({
      state: 'inconclusive',
      reason: 'arms interfere: alone the throughput changes by -50.0 %, side by side reason',
      openTo: { evidence: 'solo', replicates: 2 },
    })
    expect(judged('pass', [0.5, 0.5, 0.5, 0.5]).openTo).toBeUndefined()
  })

  test('lets a red stand unless the arms alone are surely no slower', () => {
    expect(judged('regressed', [0.95, 0.95]).state).toBe('regressed')
    expect(judged('regressed', [1, 1]).state).toBe('regressed')
    const doubted = judged('regressed', [1.2, 1.2])
    const reason = 'arms interfere: alone the throughput changes by 20.0 %, side by side reason'
    expect(doubted).toMatchObject({ state: 'inconclusive', reason })
    expect(doubted.openTo).toBeUndefined()
  })
})
