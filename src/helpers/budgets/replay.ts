import type { Evidence } from '../measure/result.ts'
import { type Random, randomFrom, shuffled } from '../statistics/random.ts'
import type { ErrorRates } from './decision.ts'
import { decideInLooks, nameOfBudget, type RecordedRun } from './recorded-run.ts'
import { drawn, drawnPlaces, type Growth, growthsOf } from './resample.ts'

/** What a replicate takes of each kind of evidence, in milliseconds. */
export type ReplicateTimes = Readonly<Record<Evidence, number>>

export interface ReplayOptions {
  readonly simulatedRuns: number
  readonly seed: number
  /** As the gate decides by: those of the whole budget file. */
  readonly rates: ErrorRates
  readonly times: ReplicateTimes
  /** How many pairs a run measures in which no client changed. */
  readonly nullsPerRun: number
  /** Replicates of the solo check that every changed client gets. */
  readonly soloReplicates: number
}

/** Of a run. */
interface Typical {
  readonly mean: number
  readonly largest: number
}

export interface Replayed {
  readonly simulatedRuns: number
  readonly runsWithFalseRed: number
  /** How often each budget was red, by its name; those that never were are absent. */
  readonly falseReds: Readonly<Record<string, number>>
  /** Budgets decided about, over all simulated runs. */
  readonly decisions: number
  readonly inconclusive: number
  /** Mean number of replicates of a run in which every client is changed. */
  readonly replicates: Readonly<Record<Evidence, number>>
  /** What measuring takes, in milliseconds. */
  readonly ms: {
    /** A run in which no client is changed, so that few pairs are measured. */
    readonly unchanged: Typical
    readonly everyClientChanged: Typical
  }
}

/**
 * Simulates runs of the gate, in which every pair is measured, from recorded ones through the code that decides. It is a
 * bootstrap of two levels. A run is drawn as a whole (the cluster bootstrap, Davison and Hinkley 1997, section 3.8), so
 * that the mood of the machine which all budgets of a run shared stays with them; then its replicates, see
 * {@link growthsOf}, as far as the looks go.
 *
 * It covers noise of the kinds that the recorded runs show: between runs, within them, and what budgets have in common.
 * It does not cover what they do not show, such as a machine on another day. The mean of a run carries the error of its few
 * replicates, and that counts as though it were the run's mood: means over many replicates scatter too much, so that false
 * reds are rather too many than too few. Noise of the machine, by which a real run doubts a red, is not replayed, nor
 * counts that are exact, the solo check, and the target as the bottleneck.
 *
 * @param strata Each a list of runs with budgets that the others have not; a simulated run has one run drawn from each.
 * @throws {RangeError} without recorded budgets.
 */
export function replay(strata: readonly (readonly RecordedRun[])[], options: ReplayOptions): Replayed {
  const prepared = strata.map(growthsOf).filter((runs) => runs.some((growths) => growths.length > 0))
  if (prepared.length === 0) throw new RangeError('a replay needs recorded budgets')
  const { simulatedRuns, rates } = options
  const random = randomFrom(options.seed)
  const falseReds: Record<string, number> = {}
  const replicates: Record<Evidence, number> = { pair: 0, load: 0, retention: 0, solo: 0 }
  const counts = { runsWithFalseRed: 0, decisions: 0, inconclusive: 0 }
  const ms = { unchanged: new Durations(), everyClientChanged: new Durations() }
  for (let simulated = 0; simulated < simulatedRuns; simulated++) {
    let red = false
    const used: Used[] = []
    for (const growth of prepared.flatMap((runs) => drawn(runs, random))) {
      const placeOf = drawnPlaces(growth, random)
      let most = 0
      for (const { budget, gains } of growth.budgets) {
        const decided = decideInLooks(budget, (place) => gains[placeOf(place)] as number, rates)
        counts.decisions++
        if (decided.state === 'open') counts.inconclusive++
        if (decided.state === 'regressed') {
          red = true
          const name = nameOfBudget(budget)
          falseReds[name] = (falseReds[name] ?? 0) + 1
        }
        most = Math.max(most, decided.replicates)
      }
      replicates[growth.evidence] += most
      used.push({ growth, replicates: most })
    }
    if (red) counts.runsWithFalseRed++
    const taken = durationsOf(used, options, random)
    replicates.solo += taken.solo
    ms.unchanged.add(taken.unchanged)
    ms.everyClientChanged.add(taken.everyClientChanged)
  }
  const meanOf = (evidence: Evidence): number => replicates[evidence] / simulatedRuns
  return {
    simulatedRuns,
    ...counts,
    falseReds,
    replicates: { pair: meanOf('pair'), load: meanOf('load'), retention: meanOf('retention'), solo: meanOf('solo') },
    ms: { unchanged: ms.unchanged.typical, everyClientChanged: ms.everyClientChanged.typical },
  }
}

/** Replicates that a measurement took of one kind. */
interface Used {
  readonly growth: Growth
  readonly replicates: number
}

/** What a simulated run takes; of the pairs of one without a change, as many are drawn as its rotation measures. */
function durationsOf(used: readonly Used[], { times, nullsPerRun, soloReplicates }: ReplayOptions, random: Random) {
  let load = 0
  const pairs = new Map<string, number>()
  for (const { growth, replicates } of used) {
    const { client, scenario, evidence } = growth
    const name = `${client} ${scenario}`
    if (evidence === 'load') load += replicates * times.load
    else pairs.set(name, (pairs.get(name) ?? 0) + replicates * times[evidence])
  }
  const paired = [...pairs.values()]
  const nulls = shuffled(paired, random).slice(0, nullsPerRun)
  const solo = paired.length * soloReplicates
  return { solo, unchanged: load + sum(nulls), everyClientChanged: load + sum(paired) + solo * times.solo }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

class Durations {
  #sum = 0
  #count = 0
  #largest = 0

  add(ms: number): void {
    this.#sum += ms
    this.#count++
    this.#largest = Math.max(this.#largest, ms)
  }

  get typical(): Typical {
    return { mean: this.#sum / this.#count, largest: this.#largest }
  }
}
