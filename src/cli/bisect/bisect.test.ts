import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../helpers/statistics/random.ts'
import { bisect } from './bisect.ts'
import { type BisectResult, bisectExitCode } from './bisect-result.ts'
import type { Question, Step } from './step.ts'
import { candidatesFrom, measuring, stepOf, versionsOf } from './test-history.ts'

/** Log speeds of versions: 0 until the place of each drop, less from there on. */
function historyOf(versions: readonly string[], drops: readonly (readonly [number, number])[]): Map<string, number> {
  return new Map(
    versions.map((version, place) => [
      version,
      drops.reduce((sum, [from, worsening]) => sum + (place >= from ? Math.log(1 - worsening) : 0), 0),
    ]),
  )
}

/** Recorded steps; asking for anything else fails the test. */
function recorded(steps: Readonly<Record<string, readonly Step[]>>) {
  const asked: string[] = []
  const measure = async ({ version, against, patience }: Question): Promise<Step> => {
    const name = `${version} against ${against}`
    const earlier = asked.filter((each) => each.startsWith(`${name},`)).length
    asked.push(`${name}, ${patience} ×`)
    const step = steps[name]?.[earlier]
    if (step === undefined) throw new Error(`nothing is recorded for ${name}, time ${earlier + 1}`)
    return step
  }
  return { asked, measure }
}

const [slow, fast, unsure] = [stepOf(-0.2, 0.005), stepOf(0, 0.005), stepOf(-0.03, 0.05)]
const crash: Step = { state: 'not measurable', reason: 'it crashed on import' }
const five = candidatesFrom(versionsOf(5))

describe('the ends', () => {
  test('without a regression between them there is nothing to look for', async () => {
    const { asked, measure } = recorded({ '1.4.0 against 1.0.0': [fast] })
    const result = await bisect(five, { measure })
    expect(result.outcome).toMatchObject({ kind: 'no regression', reason: 'within what is tolerated' })
    expect([asked, bisectExitCode(result)]).toEqual([['1.4.0 against 1.0.0, 1 ×'], 0])
  })

  test('that cannot be told apart are asked again with more patience, and then it stops', async () => {
    const { asked, measure } = recorded({ '1.4.0 against 1.0.0': [unsure, unsure, unsure] })
    const result = await bisect(five, { measure })
    expect(result.outcome.kind).toBe('undecided')
    expect(asked.map((each) => each.split(', ')[1])).toEqual(['1 ×', '2 ×', '4 ×'])
    expect(bisectExitCode(result)).toBe(3)
  })

  test('that cannot be measured end it', async () => {
    const { measure } = recorded({ '1.4.0 against 1.0.0': [crash] })
    const result = await bisect(five, { measure })
    expect([result.outcome, result.stepped, bisectExitCode(result)]).toEqual([
      { kind: 'not measurable', reason: 'it crashed on import' },
      [],
      4,
    ])
  })

  test('that are neighbours are measured once', async () => {
    const { asked, measure } = recorded({ '1.1.0 against 1.0.0': [slow] })
    const { outcome } = await bisect(candidatesFrom(versionsOf(2)), { measure })
    expect(outcome).toMatchObject({ kind: 'culprit', culprit: '1.1.0', before: '1.0.0', sizes: { matches: true } })
    expect(asked).toHaveLength(1)
  })
})

test('a version that is found to be slower is a regression', async () => {
  const { measure } = recorded({ '1.1.0 against 1.0.0': [slow] })
  expect(bisectExitCode(await bisect(candidatesFrom(versionsOf(2)), { measure }))).toBe(1)
})

describe('a search that is given up', () => {
  /** Ended at the first question about that version, by time or by somebody. */
  async function givenUp(at: string, interrupted: boolean) {
    const kept: BisectResult[] = []
    const result = await bisect(five, {
      measure: async ({ version }) => {
        if (version === at) throw new Error('given up')
        return version === '1.1.0' ? fast : slow
      },
      cutBy: (error) => ({ interrupted, reason: (error as Error).message }),
      onStep: (_, soFar) => kept.push(soFar),
    })
    return { result, kept }
  }

  test('holds the path so far and what is left of it', async () => {
    const { result, kept } = await givenUp('1.1.0', false)
    expect(result.path.map(({ version }) => version)).toEqual(['1.4.0', '1.2.0'])
    expect(result.outcome).toMatchObject({
      kind: 'cut',
      reason: 'given up',
      left: { suspects: ['1.1.0', '1.2.0'], before: '1.0.0', ends: { estimate: expect.closeTo(Math.exp(-0.2)) } },
    })
    expect(bisectExitCode(result)).toBe(3)
    // What a kill would have left after each step.
    expect(kept.map(({ path, outcome }) => [path.length, outcome])).toMatchObject([
      [1, { kind: 'cut', interrupted: true, left: { suspects: ['1.1.0', '1.2.0', '1.3.0', '1.4.0'] } }],
      [2, { kind: 'cut', interrupted: true, left: { suspects: ['1.1.0', '1.2.0'] } }],
    ])
  })

  test('by somebody ends as everything that is interrupted', async () => {
    expect(bisectExitCode((await givenUp('1.2.0', true)).result)).toBe(130)
  })

  test('before the ends are told apart has nothing left to name', async () => {
    const { result } = await givenUp('1.4.0', false)
    expect(result.outcome).toEqual({ kind: 'cut', interrupted: false, reason: 'given up' })
    expect(result.path).toEqual([])
  })
})

describe('a step', () => {
  test('that is inconclusive is asked again, and goes on when it is decided', async () => {
    const { asked, measure } = recorded({
      '1.4.0 against 1.0.0': [slow],
      '1.2.0 against 1.0.0': [unsure, slow],
      '1.1.0 against 1.0.0': [fast],
      '1.2.0 against 1.1.0': [slow],
    })
    const { outcome } = await bisect(five, { measure })
    expect(outcome).toMatchObject({ kind: 'culprit', culprit: '1.2.0', before: '1.1.0' })
    expect(asked).toContain('1.2.0 against 1.0.0, 2 ×')
  })

  test('that stays inconclusive ends it with a range of suspects and no guess', async () => {
    const { asked, measure } = recorded({
      '1.4.0 against 1.0.0': [slow],
      '1.2.0 against 1.0.0': [fast],
      '1.3.0 against 1.0.0': [unsure, unsure],
    })
    const result = await bisect(five, { measure, attempts: 2 })
    expect(result.outcome).toMatchObject({
      kind: 'suspects',
      suspects: ['1.3.0', '1.4.0'],
      before: '1.2.0',
      reason: '1.3.0 cannot be told apart: the interval is too wide',
    })
    expect([asked.length, bisectExitCode(result)]).toEqual([4, 3])
  })

  test('that cannot be measured is stepped around and named', async () => {
    const { measure } = recorded({
      '1.4.0 against 1.0.0': [slow],
      '1.2.0 against 1.0.0': [crash],
      '1.1.0 against 1.0.0': [slow],
    })
    const result = await bisect(five, { measure })
    expect(result.outcome).toMatchObject({ kind: 'culprit', culprit: '1.1.0', before: '1.0.0' })
    expect(result.stepped).toEqual([{ version: '1.2.0', reason: 'it crashed on import' }])
  })

  test('between versions that cannot be measured leaves them as suspects', async () => {
    const { measure } = recorded({
      '1.4.0 against 1.0.0': [slow],
      '1.2.0 against 1.0.0': [crash],
      '1.1.0 against 1.0.0': [fast],
      '1.3.0 against 1.0.0': [crash],
    })
    const { outcome } = await bisect(five, { measure })
    expect(outcome).toMatchObject({ kind: 'suspects', suspects: ['1.2.0', '1.3.0', '1.4.0'], before: '1.1.0' })
  })

  test('of the culprit that cannot be measured against its neighbour has no size', async () => {
    const { measure } = recorded({
      '1.2.0 against 1.0.0': [slow],
      '1.1.0 against 1.0.0': [fast],
      '1.2.0 against 1.1.0': [crash],
    })
    const { outcome } = await bisect(candidatesFrom(versionsOf(3)), { measure })
    expect(outcome).toMatchObject({ kind: 'culprit', culprit: '1.2.0', step: crash })
    expect(outcome).not.toHaveProperty('sizes')
  })

  test('is told when it is taken, and what measuring throws ends it', async () => {
    const told: string[] = []
    const failure = bisect(five, {
      measure: async ({ version }) => {
        if (version === '1.2.0') throw new Error('interrupted')
        return slow
      },
      onStep: ({ version }) => told.push(version),
    })
    await expect(failure).rejects.toThrow('interrupted')
    expect(told).toEqual(['1.4.0'])
  })
})

test('a slow version that was mended but for a remainder does not match the ends', async () => {
  const versions = versionsOf(20)
  const speeds = historyOf(versions, [[7, 0.88]])
  for (const version of versions.slice(13)) speeds.set(version, Math.log(0.9))
  const { outcome } = await bisect(candidatesFrom(versions), { measure: measuring(speeds, 0.004, randomFrom(1)) })
  expect(outcome).toMatchObject({ kind: 'culprit', culprit: '1.7.0', sizes: { matches: false } })
})

test('in random histories of one drop it is found, with about log2 of the versions in measurements', async () => {
  const random = randomFrom(2)
  for (let history = 0; history < 500; history++) {
    const count = 2 + Math.floor(random() * 199)
    const versions = versionsOf(count)
    const place = 1 + Math.floor(random() * (count - 1))
    const speeds = historyOf(versions, [[place, 0.06 + random() * 0.8]])
    const { outcome, path } = await bisect(candidatesFrom(versions), { measure: measuring(speeds, 0, random) })
    expect(outcome).toMatchObject({ kind: 'culprit', culprit: versions[place], before: versions[place - 1] })
    expect(outcome).toMatchObject({ sizes: { matches: true } })
    expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)) + 2)
  }
})

test('in random histories of several drops one of them is found, and the sizes do not match', async () => {
  const random = randomFrom(3)
  for (let history = 0; history < 300; history++) {
    const versions = versionsOf(50)
    const places = [5, 20, 35].map((from) => from + Math.floor(random() * 10))
    const drops = places.map((place) => [place, 0.06 + random() * 0.3] as const)
    const measure = measuring(historyOf(versions, drops), 0, random)
    const { outcome } = await bisect(candidatesFrom(versions), { measure })
    // Each step is against the good end, so that the first drop beyond what is tolerated is the one.
    expect(outcome).toMatchObject({ kind: 'culprit', culprit: versions[places[0] ?? 0], sizes: { matches: false } })
  }
})

test('with scatter, and versions that crash, it finds the culprit or names it among the suspects', async () => {
  const random = randomFrom(4)
  const counts = { culprit: 0, suspects: 0, other: 0, wrong: 0, matching: 0 }
  for (let history = 0; history < 500; history++) {
    const versions = versionsOf(2 + Math.floor(random() * 60))
    const place = 1 + Math.floor(random() * (versions.length - 1))
    const speeds = historyOf(versions, [[place, 0.1]])
    for (const version of versions.slice(1, -1)) if (random() < 0.1) speeds.delete(version)
    const { outcome } = await bisect(candidatesFrom(versions), { measure: measuring(speeds, 0.006, random) })
    const culprit = versions[place] ?? ''
    if (outcome.kind === 'culprit') {
      counts[outcome.culprit === culprit ? 'culprit' : 'wrong']++
      if (outcome.sizes?.matches) counts.matching++
    } else if (outcome.kind === 'suspects') counts[outcome.suspects.includes(culprit) ? 'suspects' : 'wrong']++
    else counts.other++
  }
  expect(counts).toMatchObject({ other: 0, wrong: 0 })
  expect(counts.culprit).toBeGreaterThan(350)
  expect(counts.matching / counts.culprit).toBeGreaterThan(0.9)
})
