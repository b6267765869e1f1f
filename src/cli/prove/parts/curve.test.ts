import { expect, test } from 'vitest'
import { ofPart, type Trial } from '../proof.ts'
import { resultOf, small4, small64, subject, toolsOf, verdictOf } from '../test-proof.ts'
import { curveCases, curveResult, pointsWithoutBudget, summariseCurve } from './curve.ts'

const catches10 = { reference: { tolerates: '3 %', catches: '10 %' }, against: new Map() } as const
const tools = toolsOf({
  subjects: [subject('axios', small4), { ...subject('axios', small64), stated: catches10 }],
  decide: async ({ seed }) => resultOf({ seed, logRatios: [Math.log(0.95)] }),
})
const cases = curveCases(tools)
const named = (name: string) => cases.filter((each) => each.name === name)

/** Trials of a case, so many of them red. */
async function tried(name: string, red: number, of: number) {
  const trials: Trial[] = []
  for (const each of named(name)) {
    for (let index = 0; index < of; index++) {
      const verdicts = [verdictOf(index < red ? 'regressed' : 'pass')]
      trials.push({ ...(await each.try(index)), verdicts } as Trial)
    }
  }
  return ofPart(trials, 'curve')
}

test('points are those of clients and scenarios with budgets, each with what it promises', () => {
  expect(cases.map(({ name, atLeast, wanted }) => [name, atLeast, wanted])).toEqual([
    ['axios small-4, 5.0 % slower', 0.95, 20],
    ['axios small-64, 10 % slower', 0.95, 20],
    ['axios small-4, 3.0 % slower', undefined, 6],
    ['axios small-4, 3.0 % slower (budget catches 3 %)', 0.8, 20],
    ['axios small-4, 2.0 % slower', undefined, 6],
    ['axios small-4, 10 % slower', 0.95, 6],
    ['axios small-64, 5.0 % slower', undefined, 6],
    ['axios small-64, 15 % slower', 0.95, 6],
  ])
})

test('points of clients and scenarios without budgets are named, and those that take a stricter one than the scatter allows', () => {
  const without = pointsWithoutBudget(tools)
  expect(without).toHaveLength(30 - cases.length)
  expect(without).toContain('node-fetch small-4, 5.0 % slower')
  expect(pointsWithoutBudget({ ...tools, strictest: () => undefined })).toContain(
    'axios small-4, 3.0 % slower (budget catches 3 %)',
  )
})

test('a drop that a budget catches may be missed once in twenty', async () => {
  const once = await tried('axios small-4, 5.0 % slower', 19, 20)
  expect(curveResult(cases, once).failures).toEqual([])
  const twice = await tried('axios small-4, 5.0 % slower', 18, 20)
  expect(curveResult(cases, twice).failures).toEqual([
    'red in 18 of 20, at least 95 % expected: axios small-4, 5.0 % slower',
  ])
  const less = await tried('axios small-4, 3.0 % slower (budget catches 3 %)', 16, 20)
  expect(curveResult(cases, less).failures).toEqual([])
})

test('a drop that no budget promises to catch is only shown', async () => {
  expect(curveResult(cases, await tried('axios small-4, 2.0 % slower', 0, 20)).failures).toEqual([])
})

test('each point has its share with an exact interval, and what was measured', async () => {
  const [point] = summariseCurve(cases, await tried('axios small-4, 5.0 % slower', 16, 20))
  expect(point).toMatchObject({ worsening: 0.05, red: 16, trials: 20, byStated: true })
  expect(point?.share.low).toBeCloseTo(0.5634, 4)
  expect(point?.share.high).toBeCloseTo(0.9427, 4)
  expect(point?.measured?.estimate).toBeCloseTo(Math.log(0.95), 12)
})

test('a chart for every scenario holds what the stated budgets show', async () => {
  const trials = [
    ...(await tried('axios small-4, 5.0 % slower', 20, 20)),
    ...(await tried('axios small-4, 3.0 % slower (budget catches 3 %)', 20, 20)),
    ...(await tried('axios small-64, 10 % slower', 20, 20)),
  ]
  const charts = curveResult(cases, trials).text.match(/% red over the drop in %: .*/g)
  expect(charts).toEqual([
    '% red over the drop in %: small-4, all clients, by the stated budgets',
    '% red over the drop in %: small-64, all clients, by the stated budgets',
  ])
})
