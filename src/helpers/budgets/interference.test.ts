import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { gateEffort, looksOf } from '../measure/effort.ts'
import { randomFrom } from '../statistics/random.ts'
import { normalFrom } from '../statistics/test-normal.ts'
import { measurementsOf, readBudgetFile, type TunedScenario } from './budget-file.ts'
import { limitsAlone, unlessArmsInterfere } from './interference.ts'
import { openCase } from './judgement.ts'
import { judgingBy, measurementOf, pairOf, replicateOf, soloOf, tunedThroughout } from './test-measurement.ts'
import type { Verdict } from './verdict.ts'

function judged(
  state: Verdict['state'],
  shares: readonly number[],
  { sameFiles = false, tuned = tunedThroughout }: { sameFiles?: boolean; tuned?: TunedScenario } = {},
): Verdict {
  const opened = openCase(measurementOf(), 'throughput against reference', judgingBy(tuned))
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
    expect(judged('pass', [], { sameFiles: true }).state).toBe('pass')
    expect(judged('regressed', [1.2, 1.2], { sameFiles: true }).state).toBe('regressed')
  })

  test('does not matter where they took turns anyway', () => {
    const opened = openCase(measurementOf(), 'throughput against reference', judgingBy(tunedThroughout))
    if ('state' in opened) throw new Error('closed')
    const verdict = opened.verdict({ state: 'pass', reason: 'reason', compared: 'compared' })
    const pair = pairOf({ solo: [], turns: 'one process has one Node' })
    expect(unlessArmsInterfere(opened, verdict, pair, 0.015)).toBe(verdict)
  })

  test('confirms a pass, coarsely', () => {
    expect(judged('pass', [0.9, 0.92]).state).toBe('pass')
  })

  test('is too noisy to tell after a first look at arms that differ, and wants to see them again', () => {
    expect(judged('pass', [0.5, 0.5])).toMatchObject({
      state: 'inconclusive',
      reason: 'too noisy to tell alone: alone the throughput changes by −50.0 %, side by side reason',
      openTo: { evidence: 'solo', replicates: 2, missing: expect.any(Number) },
    })
  })

  test('contradicts a pass where the arms alone surely differ, and then it is decided', () => {
    const contradicted = judged('pass', [0.5, 0.5, 0.5, 0.5])
    const reason = 'arms interfere: alone the throughput changes by −50.0 %, side by side reason'
    expect(contradicted).toMatchObject({ state: 'inconclusive', reason })
    expect(contradicted.openTo).toBeUndefined()
  })

  test('does not matter to another budget where throughput is down side by side, too', () => {
    const otherOn = (beside: number, shares: readonly number[]): Verdict => {
      const opened = openCase(measurementOf(), 'retained bytes against reference', judgingBy(tunedThroughout))
      if ('state' in opened) throw new Error('closed')
      const verdict = opened.verdict({ state: 'pass', reason: 'reason', compared: 'compared' })
      const pair = pairOf({ replicates: [replicateOf(beside)], solo: shares.map(soloOf) })
      return unlessArmsInterfere(opened, verdict, pair, 0.015)
    }
    const slow = [0.04, 0.04, 0.04, 0.04]
    expect(otherOn(0.05, slow).reason).toBe('reason')
    expect(otherOn(1, slow).reason).toMatch(/^arms interfere/)
    expect(otherOn(0.05, [])).toMatchObject({ state: 'inconclusive', openTo: { evidence: 'solo' } })
    // Of throughput itself they say different things.
    expect(judged('pass', slow).reason).toMatch(/^arms interfere/)
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

describe('over all scenarios that were tuned', () => {
  const file = path.resolve(import.meta.dirname, '../../../perf/budgets.json')
  const scatters = measurementsOf(readBudgetFile(file)).flatMap(({ client, scenario, tuned: { solo } }) =>
    solo === undefined ? [] : [[`${client} ${scenario}`, solo.scatter] as const],
  )
  const looks = looksOf(gateEffort).solo

  const tunedWith = (scatter: number): TunedScenario => ({
    ...tunedThroughout,
    solo: { expected: 1, scatter, replicates: 12 },
  })

  /** The verdict of a pass by the pair, taken through the looks of the gate while it is open. */
  function settled(tuned: TunedScenario, shares: readonly number[]): Verdict {
    const verdicts = looks.map((look) => judged('pass', shares.slice(0, look), { tuned }))
    return verdicts.find(({ openTo }) => openTo === undefined) ?? (verdicts.at(-1) as Verdict)
  }

  /** How many of 1,000 verdicts are other than a pass, with arms alone that differ by so much on the log scale. */
  function inconclusive(scatter: number, change: number, tuned = tunedWith(scatter)): number {
    const normal = normalFrom(randomFrom(20_261_122))
    const shares = () => Array.from({ length: looks.at(-1) ?? 0 }, () => Math.exp(change + scatter * normal()))
    return Array.from({ length: 1_000 }, () => settled(tuned, shares())).filter(({ state }) => state !== 'pass').length
  }

  test.each(scatters)('%s, equal arms end inconclusive in at most 3 % of cases with scatter %d', (_, scatter) => {
    expect(inconclusive(scatter, 0)).toBeLessThanOrEqual(30)
  })

  test.each(scatters)(
    '%s, arms that differ by what is caught pass in at most 2 % of cases with scatter %d',
    (_, scatter) => {
      expect(inconclusive(scatter, limitsAlone(scatter, looks).catches)).toBeGreaterThanOrEqual(980)
    },
  )

  test('what is caught is 30 %, and up to 36 % where arms alone scatter most', () => {
    const caught = scatters.map(([, scatter]) => -Math.expm1(limitsAlone(scatter, looks).catches))
    expect(Math.min(...caught)).toBeCloseTo(0.3, 12)
    expect(Math.max(...caught)).toBeLessThan(0.36)
  })

  test('polluted built-ins end as arms that interfere, by what was seen of them', () => {
    const axios = settled(tunedWith(0.143), [0.66, 0.61, 0.61, 0.55])
    const undiciRequest = settled(tunedWith(0.06036), [0.44, 0.45, 0.48, 0.49])
    expect(axios.reason).toMatch(/^arms interfere: alone the throughput changes by −39\.4 %/)
    expect(undiciRequest.reason).toMatch(/^arms interfere: alone the throughput changes by −53\.5 %/)
  })

  test('where no scatter is known, the check holds for arms that scatter as much as any known ones', () => {
    const { solo: _, ...untuned } = tunedThroughout
    const largest = Math.max(...scatters.map(([, scatter]) => scatter))
    expect(inconclusive(largest, 0, untuned)).toBeLessThanOrEqual(30)
    expect(inconclusive(largest, limitsAlone(largest, looks).catches, untuned)).toBeGreaterThanOrEqual(980)
  })
})
