import { expect, test } from 'vitest'
import { ofPart } from '../proof.ts'
import { timeTrial, toolsOf } from '../test-proof.ts'
import { timeCases, timeResult } from './time.ts'

const cases = timeCases(toolsOf())
const resultOf = (...trials: ReturnType<typeof timeTrial>[]) => timeResult(cases, ofPart(trials, 'time'))

test('a run of the gate is tried with a seed, and its record is named', async () => {
  const seeds: number[] = []
  const runGate = async (seed: number) => {
    seeds.push(seed)
    return { seconds: 201.5, exitCode: 0, record: 'reports/runs/one.json' }
  }
  const [one] = timeCases(toolsOf({ runGate }))
  expect(await one?.try(7)).toMatchObject({
    seed: 7,
    durationMs: 201_500,
    exitCode: 0,
    record: 'reports/runs/one.json',
  })
  expect(seeds).toEqual([7])
})

test('what the gate takes is shown on average and at most', () => {
  const { text, failures } = resultOf(timeTrial(200), timeTrial(220))
  expect(text).toContain('the unchanged gate took 210 s on average, 220 s at most, in 2 runs')
  expect(failures).toEqual([])
})

test('runs of other budgets or another effort are not counted', () => {
  const others = timeCases(toolsOf({ gatedBy: 'gate-2' }))
  expect(timeResult(others, ofPart([timeTrial(200)], 'time')).text).toBe('nothing was tried yet')
})

test('more than four minutes, and any exit code but 0, fail the check', () => {
  expect(resultOf(timeTrial(241, 3)).failures).toEqual([
    'the gate took 241 s, more than 240 (2026-11-22T12:00:00.000Z)',
    'the unchanged gate ended with exit code 3 (2026-11-22T12:00:00.000Z)',
  ])
})
