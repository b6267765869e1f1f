import { setImmediate } from 'node:timers/promises'
import type { Replayed } from '../../../helpers/budgets/replay.ts'
import type { BudgetPower } from '../../../helpers/budgets/replay-power.ts'
import { defaultCapSeconds } from '../../../helpers/session/cap.ts'
import { upperBoundOfShare } from '../../../helpers/statistics/proportion.ts'
import { percent } from '../figures.ts'
import { type Case, isTrialOf, type PartResult } from '../part.ts'
import { lackingPower, powerText, summarisePower } from '../power-summary.ts'
import type { PowerTrial, ReplayBasis, ReplayTrial, SimulatedTrial } from '../proof.ts'
import type { Tools } from '../tools.ts'

/** Recorded runs, ready to be drawn from. */
export interface Replay {
  /** Of everything that is drawn from and decided by. */
  readonly digest: string
  readonly basis: ReplayBasis
  simulate(runs: number, seed: number): Replayed
  power(draws: number, seed: number): readonly BudgetPower[]
}

/** Decisions on nulls that were measured, to stand beside what is modelled. */
export interface CountedNulls {
  readonly trials: number
  readonly budgets: readonly { readonly decisions: number }[]
  readonly falseReds: readonly unknown[]
}

/** Of one trial, seconds of work; ten trials come to 100,000 runs. */
const simulatedRuns = 10_000
const trialsByDefault = 10

/** From each recorded run, for each budget and worsening: a share is known to 3 points, and the runs scatter by more. */
const draws = 300

/** Most runs of 1,000 that may have a false red, as promised. */
const mostPer1000 = 1

/** What every budget is made worse by, as times of what it catches; and throughput against the reference, as shares. */
export const replayedTimes: readonly number[] = [0.5, 1, 1.5]
export const replayedDrops: readonly number[] = [0.02, 0.03, 0.05, 0.1]

/** Runs of the gate, simulated from recorded ones; nothing where none is recorded. */
export function replayCases(tools: Pick<Tools, 'trials' | 'openReplay'>): readonly Case[] {
  const replay = tools.openReplay()
  if (replay === undefined) return []
  const { digest: judgedBy, basis } = replay
  const caseOf = (name: string, wanted: number, make: (seed: number, about: About) => ReplayTrial): Case => ({
    part: 'replay',
    name,
    judgedBy,
    wanted,
    try: async (seed) => {
      // Simulating keeps the thread; a signal that came before it is known after this.
      await setImmediate()
      const begin = performance.now()
      const at = new Date(performance.timeOrigin + begin).toISOString()
      const trial = make(seed, { part: 'replay', case: name, judgedBy, seed, at, durationMs: 0, basis })
      return { ...trial, durationMs: Math.round(performance.now() - begin) }
    },
  })
  return [
    caseOf('the whole gate', tools.trials ?? trialsByDefault, (seed, about) => ({
      ...about,
      kind: 'runs',
      ...replay.simulate(simulatedRuns, seed),
    })),
    caseOf('each budget made worse', 1, (seed, about) => ({
      ...about,
      kind: 'power',
      power: replay.power(draws, seed),
    })),
  ]
}

type About = Omit<SimulatedTrial, 'kind' | keyof Replayed>

/** @param nulls What was counted on trials of nulls. */
export function replayResult(cases: readonly Case[], trials: readonly ReplayTrial[], nulls: CountedNulls): PartResult {
  const own = trials.filter((trial) => cases.some((each) => isTrialOf(trial, each)))
  const [first] = own
  if (first === undefined) {
    const text =
      cases.length === 0
        ? 'no run is kept in reports/runs; `wiregauge prove --only time` keeps what it measures there'
        : 'nothing was simulated yet'
    return { part: 'replay', summary: {}, text, failures: [] }
  }
  const { basis } = first
  const runs = summariseRuns(own.filter((trial): trial is SimulatedTrial => trial.kind === 'runs'))
  const power = own.find((trial): trial is PowerTrial => trial.kind === 'power')?.power ?? []
  const powerSummary = summarisePower(power)
  const counted = {
    trials: nulls.trials,
    decisions: nulls.budgets.reduce((sum, each) => sum + each.decisions, 0),
    falseReds: nulls.falseReds.length,
  }
  const text = [
    basisText(basis),
    ...(runs === undefined ? [] : runsText(runs, basis)),
    countedText(basis, counted),
    ...(runs === undefined ? [] : timeText(runs)),
    ...coverageText(basis),
    ...powerText(powerSummary),
  ]
  const failures = [
    ...(runs !== undefined && runs.falseRedsPer1000 > mostPer1000
      ? [`modelled ${runs.falseRedsPer1000.toFixed(2)} false reds per 1,000 runs; at most ${mostPer1000} may be`]
      : []),
    ...lackingPower(power),
  ]
  return {
    part: 'replay',
    summary: { basis, nulls: counted, ...runs, power: powerSummary },
    text: text.join('\n'),
    failures,
  }
}

/** What all trials of one replay come to; undefined without any. */
function summariseRuns(trials: readonly SimulatedTrial[]) {
  if (trials.length === 0) return undefined
  const sum = (value: (trial: SimulatedTrial) => number): number => trials.reduce((all, each) => all + value(each), 0)
  const average = (value: (trial: SimulatedTrial) => number): number =>
    sum((trial) => value(trial) * trial.simulatedRuns) / sum((trial) => trial.simulatedRuns)
  const seconds = (kind: keyof Replayed['ms']) => ({
    mean: average(({ ms }) => ms[kind].mean) / 1e3,
    longest: Math.max(...trials.map(({ ms }) => ms[kind].largest)) / 1e3,
  })
  const falseReds: Record<string, number> = {}
  for (const trial of trials) {
    for (const [name, count] of Object.entries(trial.falseReds)) falseReds[name] = (falseReds[name] ?? 0) + count
  }
  const simulated = sum((trial) => trial.simulatedRuns)
  const runsWithFalseRed = sum((trial) => trial.runsWithFalseRed)
  return {
    simulatedRuns: simulated,
    runsWithFalseRed,
    falseRedsPer1000: (runsWithFalseRed / simulated) * 1e3,
    falseReds,
    inconclusiveShare: sum((trial) => trial.inconclusive) / sum((trial) => trial.decisions),
    replicates: {
      pair: average(({ replicates }) => replicates.pair),
      load: average(({ replicates }) => replicates.load),
      retention: average(({ replicates }) => replicates.retention),
      solo: average(({ replicates }) => replicates.solo),
    },
    seconds: { unchanged: seconds('unchanged'), everyClientChanged: seconds('everyClientChanged') },
  }
}

type RunsSummary = NonNullable<ReturnType<typeof summariseRuns>>

function basisText({ recordedRuns, machines, tunedOn }: ReplayBasis): string {
  const tuned = tunedOn === 1 ? '1 of them is one' : `${tunedOn} of them are those`
  return `rests on ${plural(recordedRuns, 'run')} on ${plural(machines, 'machine')}, ${tuned} that the budgets were tuned on`
}

/** As many budgets as are named of those that were red most often. */
const namedAtMost = 3

function runsText(runs: RunsSummary, { recordedRuns, machines }: ReplayBasis): readonly string[] {
  const {
    falseRedsPer1000,
    runsWithFalseRed,
    simulatedRuns: simulated,
    falseReds,
    inconclusiveShare,
    replicates,
  } = runs
  const often = Object.entries(falseReds).toSorted(([, one], [, other]) => other - one)
  return [
    `false reds: modelled ${falseRedsPer1000.toFixed(2)} per 1,000 runs of the whole gate, every pair measured, from ` +
      `${plural(recordedRuns, 'run')} on ${plural(machines, 'machine')} (${runsWithFalseRed} of ` +
      `${simulated.toLocaleString('en')} simulated runs; what is rarer than once in ${recordedRuns} is hardly in them)`,
    ...(often.length === 0
      ? []
      : [
          `  most often red: ${often
            .slice(0, namedAtMost)
            .map(([name, count]) => `${name} (${count})`)
            .join(', ')}`,
        ]),
    `inconclusive: modelled ${percent(inconclusiveShare)} of the decisions; replicates of a run with every client changed, ` +
      `on average: ${Object.entries(replicates)
        .map(([kind, count]) => `${count.toFixed(0)} ${kind}`)
        .join(', ')}`,
  ]
}

function countedText(
  { recordedRuns, counted, gates }: ReplayBasis,
  { trials, decisions, falseReds }: Readonly<Record<'trials' | 'decisions' | 'falseReds', number>>,
): string {
  const ofGates = (): string => `; ${countedIn(gates.reds, gates.runs, 'run')} of the gate with few pairs each`
  const ofNulls = (): string =>
    `; and ${countedIn(falseReds, decisions, 'decision')}, of ${plural(trials, 'null trial')}`
  return (
    `red: ${countedIn(counted.reds, recordedRuns, 'real run')}` +
    (counted.canBeRed ? '' : ', which hold first looks only, where nothing goes red') +
    (gates.runs === 0 ? '' : ofGates()) +
    (decisions === 0 ? '' : ofNulls())
  )
}

/** `counted 0 in 200 decisions, upper bound 1.5 %`. */
function countedIn(count: number, of: number, what: string): string {
  return `counted ${count} in ${plural(of, what)}, upper bound ${percent(upperBoundOfShare(count, of))}`
}

function timeText({ seconds: { unchanged, everyClientChanged } }: RunsSummary): readonly string[] {
  const inSeconds = (name: string, { mean: typical, longest }: typeof unchanged): string =>
    `${name} ${typical.toFixed(0)} s on average, ${longest.toFixed(0)} s at most`
  return [
    `measuring: modelled, ${inSeconds('the unchanged gate', unchanged)}; ` +
      `${inSeconds('with every client changed', everyClientChanged)}`,
    ...(everyClientChanged.mean > defaultCapSeconds
      ? [
          `warning: with every client changed a run passes its cap of ${defaultCapSeconds} s, so that what is open then stays ` +
            'inconclusive, and what was not begun is not measured; set a longer cap',
        ]
      : []),
  ]
}

function coverageText({ budgets, supplemented, supplementingRuns, missing }: ReplayBasis): readonly string[] {
  const inNone = Object.entries(missing)
  const count = inNone.reduce((sum, [, each]) => sum + each, 0)
  return [
    `budgets: ${budgets - count} of the ${budgets} that scatter are replayed` +
      (supplemented === 0
        ? ''
        : `, ${supplemented} of them added later and drawn from ${supplementingRuns.join(' and ')} runs of few clients`) +
      (count === 0 ? '' : `; in no run: ${inNone.map(([name, each]) => `${name} (${each})`).join(', ')}`),
    'not replayed: exact counts, the solo check, doubts of a red by the noise of the machine, the target as the bottleneck',
  ]
}

function plural(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}
