import { expect, test } from 'vitest'
import type { Replayed } from '../../../helpers/budgets/replay.ts'
import { ofPart, type ReplayBasis, type Trial } from '../proof.ts'
import { toolsOf } from '../test-proof.ts'
import { type Replay, replayCases, replayResult } from './replay.ts'

const basis: ReplayBasis = {
  recordedRuns: 12,
  tunedOn: 6,
  machines: 1,
  counted: { reds: 0, canBeRed: true },
  gates: { runs: 0, reds: 0 },
  budgets: 100,
  supplemented: 0,
  supplementingRuns: [],
  missing: {},
}

interface Changes {
  readonly basis?: Partial<ReplayBasis>
  readonly replayed?: Partial<Replayed>
  readonly red?: readonly number[]
  readonly digest?: string
}

function replayOf({ basis: changed, replayed, red = [1, 1, 1], digest = 'runs-1' }: Changes = {}): Replay {
  return {
    digest,
    basis: { ...basis, ...changed },
    simulate: (simulatedRuns) => ({
      simulatedRuns,
      runsWithFalseRed: 1,
      falseReds: { 'axios small-4: CPU time against reference': 1 },
      decisions: simulatedRuns * 100,
      inconclusive: simulatedRuns,
      replicates: { pair: 60, load: 40, retention: 20, solo: 50 },
      ms: {
        unchanged: { mean: 180_000, largest: 200_000 },
        everyClientChanged: { mean: 500_000, largest: 610_000 },
      },
      ...replayed,
    }),
    power: () => [
      { name: 'axios small-4: CPU time against reference', kind: 'CPU time', catches: 0.2, at: [{ times: 1, red }] },
    ],
  }
}

const noNulls = { trials: 0, budgets: [], falseReds: [] }

async function tried(replay: Replay, count: number) {
  const cases = replayCases(toolsOf({ openReplay: () => replay }))
  const trials: Trial[] = []
  for (const each of cases) {
    for (let index = 0; index < Math.min(count, each.wanted); index++) trials.push(await each.try(index))
  }
  return { cases, trials: ofPart(trials, 'replay') }
}

async function textOf(changes: Changes, nulls: Parameters<typeof replayResult>[2] = noNulls): Promise<string> {
  const { cases, trials } = await tried(replayOf(changes), 1)
  return replayResult(cases, trials, nulls).text
}

test('trials add up to one model, which says what it rests on', async () => {
  const { cases, trials } = await tried(replayOf(), 10)
  const { text, failures } = replayResult(cases, trials, noNulls)
  expect(text).toContain('rests on 12 runs on 1 machine, 6 of them are those that the budgets were tuned on')
  expect(text).toContain(
    'false reds: modelled 0.10 per 1,000 runs of the whole gate, every pair measured, from 12 runs on 1 machine ' +
      '(10 of 100,000 simulated runs; what is rarer than once in 12 is hardly in them)',
  )
  expect(text).toContain('most often red: axios small-4: CPU time against reference (10)')
  expect(text).toContain('on average: 60 pair, 40 load, 20 retention, 50 solo')
  expect(failures).toEqual([])
})

test('beside the model stands what was counted, with its upper bound', async () => {
  expect(await textOf({})).toContain('red: counted 0 in 12 real runs, upper bound 22 %\n')
  expect(await textOf({ basis: { recordedRuns: 6, counted: { reds: 0, canBeRed: false } } })).toContain(
    'red: counted 0 in 6 real runs, upper bound 39 %, which hold first looks only, where nothing goes red\n',
  )
  const nulls = { trials: 40, budgets: [{ decisions: 200 }, { decisions: 240 }], falseReds: [] }
  expect(await textOf({ basis: { gates: { runs: 3, reds: 0 } } }, nulls)).toContain(
    'upper bound 22 %; counted 0 in 3 runs, upper bound 63 % of the gate with few pairs each; ' +
      'and counted 0 in 440 decisions, upper bound 0.68 %, of 40 null trials',
  )
})

test('the unchanged gate is timed apart from one with every client changed, and a passed cap is a warning', async () => {
  const slow = { mean: 650_000, largest: 700_000 }
  const unchanged = { mean: 180_000, largest: 200_000 }
  const within = await textOf({})
  expect(within).toContain(
    'measuring: modelled, the unchanged gate 180 s on average, 200 s at most; with every client changed 500 s on average, 610 s at most',
  )
  expect(within).not.toContain('warning')
  expect(await textOf({ replayed: { ms: { unchanged, everyClientChanged: slow } } })).toContain(
    'warning: with every client changed a run passes its cap of 600 s',
  )
})

test('budgets that are in no run are named', async () => {
  const changed = { missing: { 'buffer bytes against reference': 4 }, supplemented: 2, supplementingRuns: [6, 3] }
  expect(await textOf({ basis: changed })).toContain(
    'budgets: 96 of the 100 that scatter are replayed, 2 of them added later and drawn from 6 and 3 runs of few clients; ' +
      'in no run: buffer bytes against reference (4)\nnot replayed: exact counts, the solo check',
  )
})

test('more than one false red in 1,000 runs, and what is not caught in any run, fail the check', async () => {
  const { cases, trials } = await tried(replayOf({ replayed: { runsWithFalseRed: 11 }, red: [0.5, 0.51, 0.49] }), 1)
  expect(replayResult(cases, trials, noNulls).failures).toEqual([
    'modelled 1.10 false reds per 1,000 runs; at most 1 may be',
    'modelled: what a budget catches goes red too seldom: CPU time: 50 % on average',
    'modelled: what a budget catches goes red too seldom: axios small-4: CPU time against reference: 50 %',
  ])
})

test('trials of other recorded runs are not counted', async () => {
  const { trials } = await tried(replayOf(), 1)
  const { cases } = await tried(replayOf({ digest: 'runs-2' }), 0)
  expect(replayResult(cases, trials, noNulls)).toMatchObject({ text: 'nothing was simulated yet', failures: [] })
})

test('without recorded runs it says how to get them', () => {
  expect(replayResult(replayCases(toolsOf()), [], noNulls).text).toContain('no run is kept in reports/runs')
})
