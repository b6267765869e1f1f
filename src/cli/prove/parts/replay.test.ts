import { expect, test } from 'vitest'
import type { Replayed } from '../../../helpers/budgets/replay.ts'
import { ofPart, type Trial } from '../proof.ts'
import { toolsOf } from '../test-proof.ts'
import { type Replay, replayCases, replayResult } from './replay.ts'

function replayOf(changes: Partial<Replayed> = {}): Replay {
  return {
    digest: 'runs-1',
    recordedRuns: 12,
    machines: 1,
    msPerReplicate: 1_500,
    simulate: (simulatedRuns) => ({
      recordedRuns: 12,
      simulatedRuns,
      falseReds: 1,
      runsWithFalseRed: 1,
      falseRedsPer1000: 0.1,
      decisions: simulatedRuns * 100,
      inconclusive: simulatedRuns,
      replicates: { mean: 120, largest: 300, meanOf: { pair: 60, load: 60, retention: 0, solo: 0 } },
      power: [{ worsening: 0.05, injected: simulatedRuns, red: simulatedRuns - 10, inconclusive: 10 }],
      ...changes,
    }),
  }
}

async function tried(replay: Replay, count: number) {
  const cases = replayCases(toolsOf({ openReplay: () => replay }))
  const trials: Trial[] = []
  for (const each of cases) for (let index = 0; index < count; index++) trials.push(await each.try(index))
  return { cases, trials: ofPart(trials, 'replay') }
}

test('trials add up to one model, which says what it rests on', async () => {
  const { cases, trials } = await tried(replayOf(), 10)
  const { text, failures } = replayResult(cases, trials)
  expect(text).toContain(
    'false reds: modelled 0.10 per 1,000 runs of the whole gate from 12 runs on 1 machine (10 of 100,000 simulated runs)',
  )
  expect(text).toContain('replicates: 120 a run on average, 300 at most; measuring: 180 s on average')
  expect(text).toContain('│ 5.0 %')
  expect(failures).toEqual([])
})

test('more than one false red in 1,000 runs, and a drop that is not caught, fail the check', async () => {
  const power = [{ worsening: 0.05, injected: 10_000, red: 9_000, inconclusive: 0 }]
  const { cases, trials } = await tried(replayOf({ runsWithFalseRed: 11, power }), 1)
  expect(replayResult(cases, trials).failures).toEqual([
    'modelled 1.10 false reds per 1,000 runs from 12 runs on 1 machine; at most 1 may be',
    'modelled: a drop of 5.0 % goes red in 90 %',
  ])
})

test('trials of other recorded runs are not counted', async () => {
  const { trials } = await tried(replayOf(), 1)
  const { cases } = await tried({ ...replayOf(), digest: 'runs-2' }, 0)
  expect(replayResult(cases, trials)).toMatchObject({ text: 'nothing was simulated yet', failures: [] })
})

test('without recorded runs it says how to get them', () => {
  expect(replayResult(replayCases(toolsOf()), []).text).toContain('no run is kept in reports/runs')
})
