import { expect, test } from 'vitest'
import { ofPart, type Trial } from '../proof.ts'
import { small4, subject, toolsOf } from '../test-proof.ts'
import { agreementCases, agreementResult, agreementsWithoutBudget, summariseAgreement } from './agreement.ts'

/** Trials of the first case in which continuous load shows these changes, and paired batches 5 % less throughput. */
async function tried(loaded: readonly number[]) {
  const left = [...loaded]
  const compare = async () => ({ paired: Math.log(0.95), loaded: Math.log(1 + (left.shift() ?? 0)) })
  const cases = agreementCases(toolsOf({ subjects: [subject('axios', small4)], compare }))
  const trials: Trial[] = []
  for (const index of loaded.keys())
    trials.push(...(await Promise.all(cases.slice(0, 1).map((each) => each.try(index)))))
  return { cases, trials: ofPart(trials, 'agreement') }
}

test('the difference is in points of throughput, with its interval', async () => {
  const { cases, trials } = await tried([-0.05, -0.06, -0.055])
  const [summary] = summariseAgreement(cases, trials)
  expect(summary).toMatchObject({ case: 'axios small-4, 5.0 % slower', trials: 3 })
  expect(summary?.difference.estimate).toBeCloseTo(-0.005, 12)
  expect(summary?.scatter).toBeCloseTo(0.005, 12)
  const { text, failures } = agreementResult(cases, trials)
  expect(text).toContain('│ -0.50 (-1.74 … +0.74) │'.replaceAll('-', '−'))
  expect(text).toContain('│             yes │')
  expect(failures).toEqual([])
  expect(agreementResult(cases, trials).missing).toEqual([])
})

test('methods that are wholly more than two points apart fail the check', async () => {
  const { cases, trials } = await tried([-0.09, -0.091, -0.092])
  expect(agreementResult(cases, trials).failures).toEqual([
    'paired batches and continuous load are −4.10 points apart: axios small-4, 5.0 % slower',
  ])
})

test('one trial, or a wide interval, shows nothing yet', async () => {
  for (const loaded of [[-0.09], [-0.05, -0.1]]) {
    const { cases, trials } = await tried(loaded)
    const { text, failures, missing } = agreementResult(cases, trials)
    expect(text).toContain('not yet shown')
    expect(failures).toEqual([])
    expect(missing).toEqual([
      'that paired batches and continuous load are within 2 points: axios small-4, 5.0 % slower',
    ])
  }
})

test('drops of clients without a budget are named', () => {
  expect(agreementsWithoutBudget(toolsOf({ subjects: [subject('axios', small4)] }))).toEqual([
    'undici-request small-4, 5.0 % slower',
    'node-fetch small-4, 5.0 % slower',
    'undici-request small-4, 10 % slower',
    'node-fetch small-4, 10 % slower',
  ])
})

test('trials of another effort are not counted', async () => {
  const { trials } = await tried([-0.05, -0.05])
  const others = agreementCases(toolsOf({ comparedBy: 'effort-2' }))
  expect(agreementResult(others, trials).text).toBe('nothing was tried yet')
})
