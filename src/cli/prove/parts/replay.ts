import { setImmediate } from 'node:timers/promises'
import type { Replayed } from '../../../helpers/budgets/replay.ts'
import { percent, tableOf } from '../figures.ts'
import { type Case, isTrialOf, type PartResult } from '../part.ts'
import { isKept, promisedPower } from '../power.ts'
import type { ReplayTrial } from '../proof.ts'
import type { Tools } from '../tools.ts'

/** Recorded runs, ready to be drawn from. */
export interface Replay {
  /** Of everything that is drawn from and decided by. */
  readonly digest: string
  readonly recordedRuns: number
  /** Machines that they were recorded on. */
  readonly machines: number
  /** What a replicate took in them, in milliseconds. */
  readonly msPerReplicate: number
  simulate(runs: number, seed: number): Replayed
}

/** Of one trial, seconds of work; ten trials come to the 100,000 runs of the issue. */
const simulatedRuns = 10_000
const trialsByDefault = 10

/** Most runs of 1,000 that may have a false red (issue: "at most 1 false red per 1,000 runs of the whole gate"). */
const mostPer1000 = 1

/** The drop that the sensitive budgets catch, as a share; worsenings are put into those. */
export const sensitivity = 0.05
export const replayedWorsenings: readonly number[] = [0.02, 0.03, sensitivity, 0.1]

/** Runs of the gate, simulated from recorded ones; nothing where none is recorded. */
export function replayCases(tools: Pick<Tools, 'trials' | 'openReplay'>): readonly Case[] {
  const replay = tools.openReplay()
  if (replay === undefined) return []
  const { digest: judgedBy, recordedRuns, machines, msPerReplicate } = replay
  const about = { part: 'replay', case: 'the whole gate', judgedBy, recordedRuns, machines, msPerReplicate } as const
  return [
    {
      part: 'replay',
      name: about.case,
      judgedBy,
      wanted: tools.trials ?? trialsByDefault,
      try: async (seed): Promise<ReplayTrial> => {
        // Simulating keeps the thread; a signal that came before it is known after this.
        await setImmediate()
        const begin = performance.now()
        const at = new Date(performance.timeOrigin + begin).toISOString()
        const { runsWithFalseRed, decisions, inconclusive, power, replicates } = replay.simulate(simulatedRuns, seed)
        return {
          ...about,
          seed,
          at,
          durationMs: Math.round(performance.now() - begin),
          simulatedRuns,
          runsWithFalseRed,
          decisions,
          inconclusive,
          power: power.map(({ worsening, injected, red }) => ({ worsening, injected, red })),
          meanReplicates: replicates.mean,
          largestReplicates: replicates.largest,
        }
      },
    },
  ]
}

/** What all trials of one replay come to; undefined without any. */
function summariseReplay(cases: readonly Case[], trials: readonly ReplayTrial[]) {
  const own = trials.filter((trial) => cases.some((each) => isTrialOf(trial, each)))
  const [first] = own
  if (first === undefined) return undefined
  const sum = (value: (trial: ReplayTrial) => number): number => own.reduce((total, trial) => total + value(trial), 0)
  const simulated = sum((trial) => trial.simulatedRuns)
  const meanReplicates = sum((trial) => trial.meanReplicates * trial.simulatedRuns) / simulated
  return {
    recordedRuns: first.recordedRuns,
    machines: first.machines,
    simulatedRuns: simulated,
    runsWithFalseRed: sum((trial) => trial.runsWithFalseRed),
    falseRedsPer1000: (sum((trial) => trial.runsWithFalseRed) / simulated) * 1e3,
    inconclusiveShare: sum((trial) => trial.inconclusive) / sum((trial) => trial.decisions),
    power: first.power.map(({ worsening }) => {
      const points = own.flatMap(({ power }) => power.filter((point) => point.worsening === worsening))
      const count = (of: 'injected' | 'red'): number => points.reduce((total, point) => total + point[of], 0)
      return { worsening, injected: count('injected'), red: count('red') }
    }),
    meanReplicates,
    largestReplicates: Math.max(...own.map(({ largestReplicates }) => largestReplicates)),
    meanSeconds: (meanReplicates * first.msPerReplicate) / 1e3,
  }
}

export function replayResult(cases: readonly Case[], trials: readonly ReplayTrial[]): PartResult {
  const summary = summariseReplay(cases, trials)
  if (summary === undefined) {
    const text =
      cases.length === 0
        ? 'no run is kept in reports/runs; `wiregauge prove --only time` keeps what it measures there'
        : 'nothing was simulated yet'
    return { part: 'replay', summary: {}, text, failures: [] }
  }
  const { recordedRuns, machines, falseRedsPer1000, power } = summary
  const basis = `from ${counted(recordedRuns, 'run')} on ${counted(machines, 'machine')}`
  const text = [
    `false reds: modelled ${falseRedsPer1000.toFixed(2)} per 1,000 runs of the whole gate ${basis} ` +
      `(${summary.runsWithFalseRed} of ${summary.simulatedRuns.toLocaleString('en')} simulated runs)`,
    `inconclusive: modelled ${percent(summary.inconclusiveShare)} of the decisions; replicates: ` +
      `${summary.meanReplicates.toFixed(0)} a run on average, ${summary.largestReplicates} at most; ` +
      `measuring: ${summary.meanSeconds.toFixed(0)} s on average`,
    ...(power.length === 0
      ? []
      : [
          tableOf(
            [`drop put into a budget that catches ${percent(sensitivity)}`, 'runs', 'red'],
            power.map(({ worsening, injected, red }) => [
              percent(worsening),
              String(injected),
              percent(red / injected),
            ]),
          ),
        ]),
  ]
  const failures = [
    ...(falseRedsPer1000 > mostPer1000
      ? [`modelled ${falseRedsPer1000.toFixed(2)} false reds per 1,000 runs ${basis}; at most ${mostPer1000} may be`]
      : []),
    ...power
      .filter(({ worsening, injected, red }) => worsening >= sensitivity && !isKept(red, injected, promisedPower))
      .map(
        ({ worsening, injected, red }) =>
          `modelled: a drop of ${percent(worsening)} goes red in ${percent(red / injected)}`,
      ),
  ]
  return { part: 'replay', summary, text: text.join('\n'), failures }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
