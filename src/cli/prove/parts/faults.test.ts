import { expect, test } from 'vitest'
import { faults } from '../../../helpers/trials/faults.ts'
import { ofPart, type Trial } from '../proof.ts'
import { resultOf, small4, subject, toolsOf } from '../test-proof.ts'
import { faultCases, faultsResult, faultsWithoutBudget, summariseFaults } from './faults.ts'

const tools = toolsOf({
  subjects: [subject('axios', small4)],
  // The gate sees the first budget that has to show a fault, whatever it is.
  decide: async ({ change, seed }) => {
    const expected = faults.find((fault) => fault === change)
    const state = expected?.shownAs === 'arms interfere' ? 'inconclusive' : 'regressed'
    const reason = expected?.shownAs ?? 'below'
    const about = { client: 'axios', scenario: 'small-4', compared: 'two', sameFiles: false, treeChanged: true }
    const verdicts = (expected?.expects ?? [])
      .slice(0, 1)
      .map((budget) => ({ ...about, budget, state, reason }) as const)
    return resultOf({ verdicts, seed })
  },
})
const cases = faultCases(tools)

async function tried(some: typeof cases, count: number, change = (trial: Trial): Trial => trial) {
  const trials: Trial[] = []
  for (let index = 0; index < count; index++) for (const each of some) trials.push(change(await each.try(index)))
  return ofPart(trials, 'faults')
}

test('every fault of a client and scenario with budgets is a case of its own', () => {
  const expected = faults.filter(({ client, scenario }) => client.name === 'axios' && scenario.name === 'small-4')
  expect(cases.map(({ change }) => change)).toEqual(expected)
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  expect(cases.length).toBeGreaterThan(5)
})

test('faults of clients and scenarios without budgets are named', () => {
  const others = faultsWithoutBudget(tools)
  expect(others.length).toBe(faults.length - cases.length)
  expect(others).toContain('node-fetch small-4, busy work of 5 %')
})

test('faults that take a budget stricter than the scatter allows are named', () => {
  const scattering = { ...tools, strictest: () => undefined }
  const strict = cases.filter(({ change: { catches } }) => catches !== undefined)
  expect(strict.length).toBeGreaterThan(0)
  expect(faultsWithoutBudget(scattering)).toEqual(expect.arrayContaining(strict.map(({ name }) => name)))
  expect(faultCases(scattering).length).toBe(cases.length - strict.length)
})

test('a fault that takes a stricter budget is decided by one, which makes it another case', () => {
  const strict = cases.find(({ change: { catches } }) => catches !== undefined)
  const stated = cases.find(({ change: { catches } }) => catches === undefined)
  expect(strict?.judgedBy).not.toBe(stated?.judgedBy)
})

test('faults that are shown pass, with the budgets that were red', async () => {
  const trials = await tried(cases, 5)
  expect(faultsResult(cases, trials).failures).toEqual([])
  const [first] = summariseFaults(cases, trials)
  expect(first).toMatchObject({ trials: 5, shown: 5, redBudgets: [`${cases[0]?.change.expects[0]} 5×`] })
})

test('a fault that is not shown fails the check', async () => {
  const [one] = cases
  const green = await tried(one === undefined ? [] : [one], 5, (trial) => ({ ...trial, verdicts: [] }) as Trial)
  expect(faultsResult(cases, green).failures).toEqual([`fault not shown in 5 of 5: ${one?.name}`])
})

test('a fault that is missed once fails the check, however often it was shown', async () => {
  const [one] = cases
  const trials = await tried(one === undefined ? [] : [one], 20)
  const missed = trials.map((trial, place) => (place === 7 ? { ...trial, verdicts: [] } : trial))
  expect(faultsResult(cases, missed).failures).toEqual([`fault not shown in 1 of 20: ${one?.name}`])
})

test('before the first trial there is nothing to say', () => {
  expect(faultsResult(cases, [])).toMatchObject({ text: 'nothing was tried yet', failures: [] })
})
