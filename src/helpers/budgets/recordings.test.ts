import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { gateEffort, looksOf } from '../measure/effort.ts'
import type { CompletedMeasurement, PairReplicate } from '../measure/result.ts'
import { medianInterval, pairedLogRatios } from '../statistics/paired.ts'
import type { TunedScenario } from './budget-file.ts'
import type { JudgingContext } from './judgement.ts'
import type { MeasuredPair } from './pair-evidence.ts'
import { judgeStated, type StatedThresholds } from './stated.ts'
import { budgetFileOf, judgingBy } from './test-measurement.ts'

/** See `fixtures/recordings/README.md`. */
interface Recording {
  readonly tuned: TunedScenario
  readonly measurements: readonly [CompletedMeasurement, ...CompletedMeasurement[]]
}

function recordingOf(name: string): Recording {
  const file = path.resolve(import.meta.dirname, '../../../fixtures/recordings', `${name}.json`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

const axios = recordingOf('axios-small-4')
const undiciRequest = recordingOf('undici-request-small-64')

/** As the specs of the project state them. */
const axiosThresholds: StatedThresholds = {
  reference: { tolerates: '1.5 %', catches: '5 %' },
  tail: {
    p75: { tolerates: '2.6 %', catches: '6.8 %' },
    'over 3 ×': { tolerates: '2.5 %', catches: '6.2 %' },
    'over 10 ×': { tolerates: '1.7 %', catches: '4.2 %' },
  },
  against: new Map([['http', { tolerates: '19 %', catches: '43 %' }]]),
  requestsPerSecond: 3_200,
  costs: {
    connections: 4,
    requestBytes: 'unchanged',
    responseBytes: 'unchanged',
    listeners: 'unchanged',
    cpu: { tolerates: '25 %', catches: '72 %' },
    time: { tolerates: '16 %', catches: '44 %' },
    retainedBytes: { tolerates: 65, catches: 170 },
    residentBytes: { tolerates: 800, catches: 2_100 },
    allocatedBytes: { tolerates: '2.4 %', catches: '6.5 %' },
  },
}

const undiciThresholds: StatedThresholds = {
  reference: { tolerates: '4 %', catches: '10 %' },
  tail: { p90: { tolerates: '34 %', catches: '105 %' } },
  against: new Map(),
  costs: { cpu: { tolerates: '26 %', catches: '75 %' }, time: { tolerates: '19.5 %', catches: '55 %' } },
}

function judged({ tuned }: Recording, measurement: CompletedMeasurement, stated: StatedThresholds) {
  const clients = { [measurement.client]: { [measurement.scenario]: tuned } }
  const context: JudgingContext = {
    ...judgingBy(),
    budgets: { ...budgetFileOf(), clients },
    looks: looksOf(gateEffort),
  }
  return judgeStated(measurement, stated, context)
}

function pairIn({ pair }: CompletedMeasurement): MeasuredPair {
  if (pair.state !== 'measured') throw new Error('the recordings have pairs')
  return pair
}

/** Both measurements of axios as one, at the second look of its pair, the arms being of different files. */
function secondLook(change: (replicate: PairReplicate) => PairReplicate): CompletedMeasurement {
  const [one, other] = axios.measurements.map(pairIn) as [MeasuredPair, MeasuredPair]
  const replicates = [...one.replicates, ...other.replicates].slice(0, gateEffort.pair.looks[1]).map(change)
  const solo = [...one.solo, ...other.solo]
  return { ...axios.measurements[0], pair: { ...one, sameFiles: false, replicates, solo } }
}

/** The replicate with every batch of the current arm made longer, and estimated again. */
function worsened(replicate: PairReplicate, worsening: number): PairReplicate {
  const [current, reference] = replicate.blocks.arms
  if (current === undefined || reference === undefined) throw new Error('a pair has two arms')
  const slower = { ...current, batchUs: current.batchUs.map((us) => us / (1 - worsening)) }
  const logRatio = medianInterval(pairedLogRatios(slower.batchUs, reference.batchUs), { seed: replicate.seed })
  return { ...replicate, blocks: { arms: [slower, reference] }, logRatio }
}

const recorded = [
  ['axios small-4', axios, axiosThresholds, axios.measurements[0]],
  ['axios small-4 in another run', axios, axiosThresholds, axios.measurements[1] as CompletedMeasurement],
  ['undici-request small-64', undiciRequest, undiciThresholds, undiciRequest.measurements[0]],
] as const

describe('a recorded A/A', () => {
  test.each(recorded)('of %s passes every budget at its first look', (_, recording, stated, measurement) => {
    const verdicts = judged(recording, measurement, stated)
    expect(verdicts.length).toBeGreaterThan(3)
    expect(verdicts.filter(({ state }) => state !== 'pass')).toEqual([])
  })

  test.each(recorded)('of %s has the estimates that its raw batches give by hand', (_, __, ___, measurement) => {
    for (const { blocks, logRatio, seed } of pairIn(measurement).replicates) {
      const [current, reference] = blocks.arms.map(({ batchUs }) => batchUs) as [number[], number[]]
      const ratios = current.map((us, block) => (reference[block] as number) / us).sort((one, other) => one - other)
      const [below, above] = [ratios.length - 1, ratios.length].map((place) => ratios[Math.floor(place / 2)] as number)
      expect(Math.exp(logRatio.estimate)).toBeCloseTo(Math.sqrt((below as number) * (above as number)), 12)
      expect(medianInterval(pairedLogRatios(current, reference), { seed })).toEqual(logRatio)
    }
  })

  test('has the mean throughput that its replicates give by hand', () => {
    const [first] = axios.measurements
    const [againstReference] = judged(axios, first, axiosThresholds)
    const ratios = pairIn(first).replicates.map(({ logRatio }) => Math.exp(logRatio.estimate))
    const scatter = axios.tuned.reference?.scatter ?? Number.NaN
    const geometricMean = Math.cbrt(ratios.reduce((product, ratio) => product * ratio, 1))
    // 1.95996 standard errors of three replicates, as normal tables have it.
    const reach = Math.exp((1.959_964 * scatter) / Math.sqrt(3))
    expect(againstReference?.measured).toMatchObject({
      estimate: expect.closeTo(geometricMean, 12),
      low: expect.closeTo(geometricMean / reach, 6),
      high: expect.closeTo(geometricMean * reach, 6),
    })
  })
})

describe('what was recorded under load and of retention', () => {
  const [first] = axios.measurements
  const verdicts = judged(axios, first, axiosThresholds)
  const measuredOf = (budget: string) => verdicts.find((verdict) => verdict.budget === budget)?.measured
  const middle = (values: readonly number[]): number => {
    const sorted = values.toSorted((one, other) => one - other)
    const half = sorted.length / 2
    return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2
  }

  test('gives the ratio to http that the windows give by hand', () => {
    const rate = (name: string, replicate: number): number => {
      const load = first.load[replicate]?.clients.find(({ client }) => client === name)
      return middle((load?.windows ?? []).map(({ requests, durationMs }) => requests / durationMs))
    }
    const product = [0, 1].reduce((so, replicate) => (so * rate('axios', replicate)) / rate('http', replicate), 1)
    expect(measuredOf('throughput against http')?.estimate).toBeCloseTo(Math.sqrt(product), 12)
  })

  test('gives the growth that the slopes between all points of the series give by hand', () => {
    const [current, reference] = (pairIn(first).retention[0]?.arms ?? []).map(({ retainedBytes, requestsPerPoint }) => {
      const slopes: number[] = []
      for (let to = 1; to < retainedBytes.length; to++) {
        for (let from = 0; from < to; from++) {
          const grown = (retainedBytes[to] as number) - (retainedBytes[from] as number)
          slopes.push(grown / (to - from) / requestsPerPoint)
        }
      }
      return middle(slopes)
    })
    const more = (current as number) - (reference as number)
    expect(measuredOf('retained bytes against reference')?.estimate).toBeCloseTo(more, 9)
  })
})

describe('a drop put into recorded batches', () => {
  const judgedAfter = (worsening: number) =>
    judged(
      axios,
      secondLook((replicate) => worsened(replicate, worsening)),
      axiosThresholds,
    )

  test('of nothing passes, though the files differ and the arms alone count', () => {
    expect(judgedAfter(0).filter(({ state }) => state !== 'pass')).toEqual([])
  })

  test('of 6 % turns throughput red, and no cost with it', () => {
    const red = judgedAfter(0.06).filter(({ state }) => state === 'regressed')
    expect(red.map(({ budget }) => budget)).toContain('throughput against reference')
    for (const { budget } of red) expect(budget).toMatch(/throughput against reference|batch time|batches/)
  })

  test('moves the estimate by as much as was put in', () => {
    const [before, after] = [judgedAfter(0), judgedAfter(0.06)].map(([verdict]) => verdict?.measured?.estimate)
    expect((after as number) / (before as number)).toBeCloseTo(0.94, 12)
  })
})
