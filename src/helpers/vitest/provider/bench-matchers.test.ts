import { describe, expect, test } from 'vitest'
import { UsageError } from '../../budgets/usage-error.ts'
import { benchMatchersWith } from './bench-matchers.ts'
import { benchResult } from './bench-result.ts'
import { contradicts, type Evidence, remember } from './evidence.ts'
import { comparisonsOf, comparisonText } from './statement.ts'
import { benchEvidence } from './test-evidence.ts'

const { toBeFasterThan, toBeSlowerThan } = benchMatchersWith(() => false)

function results(evidence: Evidence) {
  const [base, head] = ['base', 'head'].map((name) => {
    const result = benchResult(name, evidence, false)
    remember(result, evidence)
    return result
  })
  if (base === undefined || head === undefined) throw new Error('two arms were expected')
  return { base, head }
}

/** About 10 % less time, from process to process within some per cent. */
const faster = results(benchEvidence({ base: 1, head: 0.9 }, { scatter: [0.99, 1, 1.01] }))
const equal = results(benchEvidence({ base: 1, head: 1 }, { scatter: [0.99, 1, 1.01] }))
const claim = {}
const opposite = { isNot: true }

describe('a claim', () => {
  test('passes where the whole interval says so', () => {
    expect(toBeFasterThan.call(claim, faster.head, faster.base).pass).toBe(true)
    expect(toBeSlowerThan.call(claim, faster.base, faster.head).pass).toBe(true)
    expect(toBeFasterThan.call(claim, faster.head, faster.base, { delta: 0.05 }).pass).toBe(true)
  })

  test('fails where the whole interval says the opposite, with the interval', () => {
    const { pass, message } = toBeSlowerThan.call(claim, faster.head, faster.base)
    expect(pass).toBe(false)
    expect(message()).toBe(
      [
        'wrong: head is slower than base',
        '  measured  head takes 7.7 % to 12 % less time a call in the median (95 % interval over 3 fresh processes)',
      ].join('\n'),
    )
  })

  test('fails as inconclusive where the interval leaves it open, and says what to do', () => {
    const { pass, message } = toBeFasterThan.call(claim, faster.head, faster.base, { delta: 0.1 })
    expect(pass).toBe(false)
    expect(message()).toMatch(
      /^inconclusive: head is faster than base by at least 10 %\n {2}measured .*\n {2}to do {5}measure longer \(`time`\)/,
    )
  })
})

describe('the opposite of a claim', () => {
  test('passes only where the whole interval says the opposite', () => {
    // Of a matcher under `.not`, false is what passes.
    expect(toBeSlowerThan.call(opposite, faster.head, faster.base).pass).toBe(false)
    expect(toBeSlowerThan.call(opposite, equal.head, equal.base, { delta: 0.05 }).pass).toBe(false)
    const { pass, message } = toBeFasterThan.call(opposite, equal.head, equal.base)
    expect(pass).toBe(true)
    expect(message()).toMatch(/^inconclusive: head is not faster than base\n/)
  })
})

describe('rare long calls of an arm that is else faster', () => {
  // Every 50th batch of head takes a hundred times as long, so that its mean is far above that of base.
  const evidence = benchEvidence({ head: 0.9, base: 1 }, { scatter: [0.99, 1, 1.01], wrecked: 1 })
  const { base, head } = results(evidence)

  test('leave both claims open, and the message has both intervals', () => {
    const { pass, message } = toBeFasterThan.call(claim, head, base)
    expect(pass).toBe(false)
    expect(message()).toBe(
      [
        'inconclusive: head is faster than base: median and total disagree',
        '  measured  head takes 7.7 % to 12 % less time a call in the median (95 % interval over 3 fresh processes)',
        '            and 162 % to 175 % more in total, where rare long calls count',
        '  to do     look for what makes some calls long',
      ].join('\n'),
    )
    expect(toBeSlowerThan.call(claim, base, head).pass).toBe(false)
    expect(toBeSlowerThan.call(opposite, head, base).pass).toBe(true)
  })

  test('are told beside the comparison', () => {
    expect(comparisonsOf(['base', 'head'], evidence).map(comparisonText)).toEqual([
      'head takes 10 % less time a call than base (7.7 % to 12 % less), but in total 168 % more (162 % to 175 % more)',
    ])
  })

  test('do not contradict where the claim would be as right for totals', () => {
    expect(toBeFasterThan.call(opposite, head, base, { delta: 0.2 }).pass).toBe(false)
  })
})

test('totals that scatter over the median contradict nothing', () => {
  const total = { estimate: -0.01, low: -0.05, high: 0.03, level: 0.95 }
  const middle = { estimate: 0.01, low: 0.008, high: 0.012, level: 0.95 }
  expect(contradicts(total, middle)).toBe(false)
  expect(contradicts({ ...total, high: 0.007 }, middle)).toBe(true)
})

describe('what one process measured', () => {
  const alone = { ...benchEvidence({ base: 1, head: 0.5 }, { scatter: [1] }), lack: 'listen EADDRINUSE' }
  const { base, head } = results(alone)

  test('decides no claim and no opposite, however clear it is there, and the message says why', () => {
    const { pass, message } = toBeFasterThan.call(claim, head, base)
    expect(pass).toBe(false)
    expect(message()).toBe(
      [
        'inconclusive: head is faster than base',
        '  measured  head takes 50 % to 50 % less time a call in the median (95 % interval that holds for this one process only)',
        '  reason    fewer than two fresh processes measured it: listen EADDRINUSE',
        '  to do     take that reason away; one process does not tell how far the next is from it',
      ].join('\n'),
    )
    expect(toBeSlowerThan.call(opposite, head, base).pass).toBe(true)
  })
})

test('a process that measures for another one passes by every claim', () => {
  const passing = benchMatchersWith(() => true)
  expect(passing.toBeSlowerThan.call(claim, faster.head, faster.base).pass).toBe(true)
  expect(passing.toBeFasterThan.call(opposite, faster.head, faster.base).pass).toBe(false)
  expect(passing.toBeFasterThan.call(claim, { ...faster.head }, faster.base).pass).toBe(true)
})

test.each([undefined, null, 42, {}])('%j is no result', (received) => {
  expect(() => toBeFasterThan.call(claim, received as never, faster.base)).toThrow(UsageError)
})

test('results that were not measured beside each other are no comparison', () => {
  expect(() => toBeFasterThan.call(claim, faster.head, equal.base)).toThrow('give both to one bench.compare')
  const stored = { ...faster.base }
  expect(() => toBeFasterThan.call(claim, faster.head, stored)).toThrow('a result of another run has no interval')
})

test('two runs of one test are no comparison, though the same processes measured both', () => {
  const [first, second] = ['first', 'second'].map((name) => {
    const evidence = benchEvidence({ [name]: 1 })
    const result = benchResult(name, evidence, false)
    remember(result, evidence)
    return result
  })
  for (const matcher of [toBeFasterThan, toBeSlowerThan]) {
    expect(() => matcher.call(claim, second as never, first as never)).toThrow(
      'second and first were not measured beside each other; give both to one bench.compare',
    )
  }
})
