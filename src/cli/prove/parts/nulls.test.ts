import { describe, expect, test } from 'vitest'
import { ofPart, type Trial } from '../proof.ts'
import { resultOf, toolsOf, verdictOf } from '../test-proof.ts'
import { nullCases, nullsResult, nullsWithoutBudget, summariseNulls } from './nulls.ts'

const cases = nullCases(toolsOf())
const equal = cases.filter(({ name }) => name.endsWith(', A/A'))

/** So many trials of each of these cases. */
async function tried(some: typeof cases, count: number) {
  const trials: Trial[] = []
  for (let index = 0; index < count; index++) for (const each of some) trials.push(await each.try(index))
  return ofPart(trials, 'nulls')
}

describe('the nulls', () => {
  test('are every client of small-4 as a copy, and builds that are equal in behaviour, by turns', () => {
    expect(equal.map(({ name }) => name)).toEqual(['axios small-4, A/A', 'undici-request small-4, A/A'])
    // The project of this test has no neutral release installed, and no budget for node-fetch.
    expect(cases.length).toBe(equal.length + 18)
    expect(cases[1]?.name).toMatch(/^axios small-4, A\/A′: axios, /)
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
    expect(cases.every(({ wanted }) => wanted === 8)).toBe(true)
  })

  test('are decided by the budgets that the specs state, and by those alone', async () => {
    const decided: unknown[] = []
    const [one] = nullCases(
      toolsOf({
        decide: async (trial) => {
          decided.push(trial.stated)
          return resultOf()
        },
      }),
    )
    const trial = await one?.try(7)
    expect(decided).toEqual([{ reference: { tolerates: '1.5 %', catches: '5 %' }, against: new Map() }])
    expect(trial).toMatchObject({ part: 'nulls', case: 'axios small-4, A/A', judgedBy: one?.judgedBy, seed: 7 })
  })

  test('that stay green are counted with their upper bound, and give means with intervals and scatter', async () => {
    const trials = await tried(equal, 100)
    const { text, failures } = nullsResult(cases, trials, 4e-6)
    expect(failures).toEqual([])
    expect(text).toContain(
      'false reds, on 2 clients: 0 of 200 trials, upper bound 1.5 %; 0 of 200 decisions, upper bound 1.5 % if they were independent',
    )
    const [axios] = summariseNulls(cases, trials).cases
    expect(axios).toMatchObject({ case: 'axios small-4, A/A', trials: 100, redTrials: 0 })
    expect(axios?.mean?.estimate).toBeCloseTo(0.002 / 3, 12)
    expect(axios?.mean?.low).toBeLessThan(axios?.mean?.estimate ?? 0)
    expect(axios?.scatter).toBeCloseTo(0.00125, 4)
  })

  test.each(['regressed', 'invalid'] as const)('of which one is %s fail the check', async (state) => {
    const trials = await tried(equal, 10)
    const [first, ...others] = trials
    const red = { ...first, verdicts: [verdictOf('pass'), verdictOf(state, 'p90 batch time against reference')] }
    const { text, failures } = nullsResult(
      cases,
      [red as typeof first, ...others].filter((each) => each !== undefined),
      4e-6,
    )
    expect(text).toMatch(/1 of 20 trials, upper bound .*; 1 of 21 decisions/)
    expect(failures).toEqual([`false red: axios small-4, A/A, p90 batch time against reference: it is ${state}`])
  })

  test('of which more than 3 % are inconclusive, beyond chance, fail the check', async () => {
    const trials = await tried(equal, 50)
    const open = trials.map((trial, place) =>
      place % 10 === 0 ? { ...trial, verdicts: [verdictOf('inconclusive')] } : trial,
    )
    expect(nullsResult(cases, open, 4e-6).failures).toEqual([
      '10 % of the decisions on nulls are inconclusive; at most 3 % may be',
    ])
    expect(nullsResult(cases, open.slice(0, 10), 4e-6).failures).toEqual([])
  })

  test('of packages whose clients have no budget are named', () => {
    const without = nullsWithoutBudget(toolsOf())
    expect(without).toHaveLength(6)
    expect(without).toContain('small-4, A/A′: node-fetch, comments stripped')
  })

  test('of other budgets are not counted', async () => {
    const trials = (await tried(equal, 1)).map((trial) => ({ ...trial, judgedBy: 'others' }))
    expect(nullsResult(cases, trials, 4e-6)).toMatchObject({ text: 'nothing was tried yet', failures: [] })
  })
})
