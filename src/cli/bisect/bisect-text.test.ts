import { expect, test } from 'vitest'
import { hostileNamesFrom } from '../../helpers/reports/test-hostile.ts'
import type { BisectResult } from './bisect-result.ts'
import { bisectText } from './bisect-text.ts'
import { matchSizes } from './sizes.ts'
import { stepOf } from './test-history.ts'

const subject = { client: 'undici-request', scenario: 'sequential', seed: 7 }
const [drop, remainder, fast, unsure] = [
  stepOf(-2.12, 0.005),
  stepOf(-0.1, 0.005),
  stepOf(0, 0.005),
  stepOf(-0.03, 0.05),
]
const sizeOf = (step: typeof drop) => {
  if (step.state === 'not measurable') throw new Error('it has no size')
  return step.throughput
}

function resultOf(changes: Partial<BisectResult>): BisectResult {
  return {
    good: '8.3.0',
    bad: '8.12.4',
    versions: 20,
    leftOut: { prereleases: 1, deprecated: 2 },
    path: [
      { version: '8.12.4', against: '8.3.0', patience: 1, step: remainder },
      { version: '8.6.0', against: '8.3.0', patience: 1, step: { state: 'not measurable', reason: 'it crashed' } },
      { version: '8.4.1', against: '8.3.0', patience: 2, step: fast },
      { version: '8.5.0', against: '8.4.1', patience: 1, step: drop },
    ],
    stepped: [{ version: '8.6.0', reason: 'it crashed' }],
    outcome: { kind: 'not measurable', reason: 'it crashed' },
    ...changes,
  }
}

test('the path is told step by step, with the culprit, its size, and that the sizes do not match', () => {
  const [ends, size] = [sizeOf(remainder), sizeOf(drop)]
  const sizes = matchSizes(size, ends)
  const outcome = { kind: 'culprit', culprit: '8.5.0', before: '8.4.1', step: drop, ends, sizes } as const
  expect(bisectText(subject, resultOf({ outcome }))).toMatchInlineSnapshot(`
    "undici-request sequential: 20 versions from 8.3.0 to 8.12.4 (left out between: 1 pre-release, 2 deprecated)

    ┌──────┬─────────┬─────────┬──────────┬─────────────────────────────┬────────────────┐
    │ step │ version │ against │ evidence │                  throughput │ verdict        │
    ├──────┼─────────┼─────────┼──────────┼─────────────────────────────┼────────────────┤
    │ 1    │ 8.12.4  │ 8.3.0   │      1 × │   −9.5 % (−10.4 % … −8.6 %) │ regressed      │
    ├──────┼─────────┼─────────┼──────────┼─────────────────────────────┼────────────────┤
    │ 2    │ 8.6.0   │ 8.3.0   │      1 × │                           – │ not measurable │
    ├──────┼─────────┼─────────┼──────────┼─────────────────────────────┼────────────────┤
    │ 3    │ 8.4.1   │ 8.3.0   │      2 × │    +0.0 % (−1.0 % … +1.0 %) │ pass           │
    ├──────┼─────────┼─────────┼──────────┼─────────────────────────────┼────────────────┤
    │ 4    │ 8.5.0   │ 8.4.1   │      1 × │ −88.0 % (−88.1 % … −87.9 %) │ regressed      │
    └──────┴─────────┴─────────┴──────────┴─────────────────────────────┴────────────────┘

    stepped around 8.6.0: it crashed

    8.5.0 slowed undici-request sequential down: −88.0 % (−88.1 % … −87.9 %) against 8.4.1
    between the ends: −9.5 % (−10.4 % … −8.6 %) at 8.12.4 against 8.3.0
    the sizes do not match: the ratio of the step is 0.133 × (95 % interval 0.131 … 0.135) that between the ends, so something else changed as well
    the history of all versions shows it: npx wiregauge bisect undici-request --good 8.3.0 --bad 8.12.4 --scenario sequential --chart --seed 7"
  `)
})

const last = (text: string): string => text.split('\n\n').at(-1) ?? ''

test('sizes that match are said to', () => {
  const ends = sizeOf(drop)
  const outcome = {
    kind: 'culprit',
    culprit: '8.5.0',
    before: '8.4.1',
    step: drop,
    ends,
    sizes: matchSizes(ends, ends),
  } as const
  expect(last(bisectText(subject, resultOf({ outcome })))).toMatch(/\nthe sizes match: nothing else need have changed$/)
})

test('a culprit that is not too slow by itself is said to be one of several', () => {
  const ends = sizeOf(remainder)
  const outcome = { kind: 'culprit', culprit: '8.5.0', before: '8.4.1', step: unsure, ends } as const
  expect(last(bisectText(subject, resultOf({ outcome })))).toContain(
    'by itself the step is inconclusive: it may be the last of several that together are too slow',
  )
})

test('every other end is told with what it rests on', () => {
  const ends = sizeOf(fast)
  const reason = 'because'
  const tell = (outcome: BisectResult['outcome']): string => last(bisectText(subject, resultOf({ outcome })))
  expect(tell({ kind: 'no regression', ends, reason })).toBe(
    'not a regression: undici-request sequential at 8.12.4 against 8.3.0: +0.0 % (−1.0 % … +1.0 %): because',
  )
  expect(tell({ kind: 'undecided', ends, reason })).toBe(
    'inconclusive: whether undici-request sequential is slower at 8.12.4 than at 8.3.0 cannot be told: +0.0 % (−1.0 % … +1.0 %): because',
  )
  expect(tell({ kind: 'not measurable', reason })).toBe(
    'undici-request sequential at 8.12.4 against 8.3.0 cannot be measured: because',
  )
  expect(tell({ kind: 'suspects', suspects: ['8.5.0', '8.6.0'], before: '8.4.1', ends, reason })).toBe(
    'inconclusive: one of 8.5.0, 8.6.0 slowed undici-request sequential down; 8.4.1 had not: because\n' +
      'between the ends: +0.0 % (−1.0 % … +1.0 %)\n' +
      'another scenario may tell, or more time: npx wiregauge bisect undici-request --good 8.4.1 --bad 8.6.0 --scenario sequential --seed 7',
  )
})

test('what was given up is told with what is left to search', () => {
  const tell = (outcome: BisectResult['outcome']): string => last(bisectText(subject, resultOf({ outcome })))
  const cut = { kind: 'cut', interrupted: true, reason: 'the command was ended' } as const
  expect(tell(cut)).toBe(
    'interrupted: the command was ended\n' +
      'the whole again: npx wiregauge bisect undici-request --good 8.3.0 --bad 8.12.4 --scenario sequential --seed 7',
  )
  const left = { suspects: ['8.5.0', '8.6.0'], before: '8.4.1', ends: sizeOf(drop) }
  expect(tell({ ...cut, interrupted: false, reason: 'time was over', left })).toBe(
    'inconclusive: time was over; one of 8.5.0, 8.6.0 slowed undici-request sequential down; 8.4.1 had not\n' +
      'between the ends: −88.0 % (−88.1 % … −87.9 %) at 8.12.4 against 8.3.0\n' +
      'from there on: npx wiregauge bisect undici-request --good 8.4.1 --bad 8.6.0 --scenario sequential --seed 7',
  )
})

test('no name does anything to a terminal', () => {
  for (const name of hostileNamesFrom(7, 300)) {
    const step = { state: 'not measurable', reason: name } as const
    const outcome = {
      kind: 'suspects',
      suspects: [name, name],
      before: name,
      ends: sizeOf(fast),
      reason: name,
    } as const
    const path = [{ version: name, against: name, patience: 1, step }]
    const result = resultOf({ good: name, bad: name, path, stepped: [{ version: name, reason: name }], outcome })
    for (const line of bisectText({ client: name, scenario: name, seed: 7 }, result).split('\n')) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/u)
      expect(line).not.toMatch(/^\s*::|##\[/)
    }
  }
})
