import { type BudgetFile, measurementsOf, type TunedScenario, tunedFor } from '../../helpers/budgets/budget-file.ts'
import { budgetAt, exactPlaces, scaleAt } from '../../helpers/budgets/kinds.ts'
import { type ScaleName, scales } from '../../helpers/budgets/scales.ts'
import { type StatedThresholds, statedDistances } from '../../helpers/budgets/stated.ts'
import { intervalOf, replicateMean } from '../../helpers/statistics/replicates.ts'
import type { StatedBudgets } from '../specs/stated-budgets.ts'
import { differencesBetween, type Whereabouts } from './reason-against.ts'
import type { MeasuredValue, RunValues } from './run-values.ts'
import { valueAt } from './value-at.ts'

/** After so many days without a run nobody knows what budgets are worth. */
const mostDays = 90

const dayMs = 86_400_000

/** What a budget file is checked against. */
export interface Checking {
  readonly file: BudgetFile
  /** Where the check runs. */
  readonly here: Whereabouts
  readonly stated: StatedBudgets
  readonly selects: (client: string, scenario: string) => boolean
  /** The oldest first. */
  readonly runs: readonly RunValues[]
  readonly nowMs: number
}

/** Why budgets of a file are stale, a line each; empty where none is. */
export function staleness(checking: Checking): readonly string[] {
  return [...elsewhere(checking), ...withoutRun(checking), ...outside(checking)]
}

function elsewhere({ file: { tuned }, here }: Checking): readonly string[] {
  const there = { machine: tuned.machine.class, node: tuned.node, flags: tuned.flags }
  return differencesBetween(here, there).map((difference) => `all budgets: this is ${difference} as at tuning`)
}

/** Tuning is measuring, too: a fresh checkout has its budgets and no history. */
function withoutRun({ file, runs, selects, nowMs }: Checking): readonly string[] {
  const last = new Map<string, string>()
  for (const { values } of runs) for (const { client, scenario, at } of values) last.set(`${client} ${scenario}`, at)
  const all = measurementsOf(file)
  const checked = all.filter(({ client, scenario }) => selects(client, scenario))
  const old = checked.flatMap(({ client, scenario, tuned }) => {
    const tunedAt = dateOf(tuned, file)
    const newest = [last.get(`${client} ${scenario}`) ?? '', tunedAt].toSorted().at(-1) ?? tunedAt
    const days = Math.floor((nowMs - Date.parse(newest)) / dayMs)
    return days > mostDays ? [{ name: `${client} ${scenario}`, days, newest }] : []
  })
  if (old.length > 0 && old.length === all.length) {
    const days = Math.min(...old.map((each) => each.days))
    return [`all budgets: no run for ${days} days, and ${mostDays} are the most`]
  }
  return old.map(({ name, days, newest }) => `${name}: no run for ${days} days, the last on ${newest.slice(0, 10)}`)
}

/** When an entry was tuned, such as `2026-11-22`. */
function dateOf({ tuned }: TunedScenario, file: BudgetFile): string {
  return tuned?.date ?? file.tuned.date
}

/** Only what was measured where the budgets were tuned, and not before that, says that they are wrong. */
function outside({ file, runs, stated, selects }: Checking): readonly string[] {
  const there = { machine: file.tuned.machine.class, node: file.tuned.node, flags: file.tuned.flags }
  const newest = new Map<string, MeasuredValue>()
  for (const { whereabouts, values } of runs) {
    if (differencesBetween(whereabouts, there).length > 0) continue
    for (const value of values) {
      if (!value.isDoubtful) newest.set(`${value.client} ${value.scenario} ${value.place}`, value)
    }
  }
  return [...newest.values()].flatMap((value) => {
    const { client, scenario, at } = value
    const own = stated.get(`${client} ${scenario}`)
    const tuned = tunedFor(file, client, scenario)
    // A day is all that is known of a tuning; what was measured later on that day is newer than what was tuned by.
    const isOlder = at.slice(0, 10) < dateOf(tuned, file)
    return own === undefined || isOlder || !selects(client, scenario) ? [] : (outsideOf(value, own, tuned) ?? [])
  })
}

interface Tolerance {
  readonly scale: ScaleName
  readonly expected: number
  /** Of a process; 0 for what is exact. */
  readonly scatter: number
  readonly replicates?: number
  /** The gain, 0 or below, down to which it is tolerated. */
  readonly tolerates: number
}

/**
 * How far a measured value is from what is expected, where its whole interval lies beyond what is tolerated: of hundreds
 * of budgets some are there by chance with their estimates alone.
 */
function outsideOf(
  { client, scenario, place, at, values }: MeasuredValue,
  stated: StatedThresholds,
  tuned: TunedScenario,
): string | undefined {
  const tolerance = toleranceAt(place, stated, tuned, `${client} ${scenario}`)
  if (tolerance === undefined || values.length === 0) return undefined
  const { scale, expected, scatter, replicates, tolerates } = tolerance
  const { gainOf, distanceAt, inWords, valueAt: valueFor } = scales[scale]
  const gain = replicateMean(
    values.map((value) => gainOf(expected, value)),
    scatter,
    replicates,
  )
  const { low, high } = intervalOf(gain)
  if (high >= tolerates && low <= -tolerates) return undefined
  const direction = gain.estimate < 0 ? 'worse' : 'better'
  const figure = (value: number): number => Number(value.toPrecision(4))
  const budget = budgetAt(place)
  return (
    `${client} ${scenario}, ${budget}: measured ${figure(valueFor(expected, gain.estimate))} on ${at.slice(0, 10)}, expected ` +
    `${figure(expected)}: ${inWords(Math.abs(distanceAt(gain.estimate)))} ${direction}, and ` +
    `${inWords(Math.abs(distanceAt(tolerates)))} is what it tolerates`
  )
}

function toleranceAt(
  place: string,
  stated: StatedThresholds,
  tuned: TunedScenario,
  name: string,
): Tolerance | undefined {
  const value = valueAt(tuned, place)
  const scale = scaleAt(place)
  if (value === undefined) return undefined
  if (exactPlaces.some((each) => each === place)) return { scale, expected: value.expected, scatter: 0, tolerates: 0 }
  const { scatter = 0, replicates } = value
  if (place === 'requestsPerSecond') {
    if (stated.requestsPerSecond === undefined) return undefined
    const tolerates = Math.log(stated.requestsPerSecond / value.expected)
    return { scale, expected: value.expected, scatter, ...(replicates && { replicates }), tolerates }
  }
  // Of two budgets about one value, that about the tuned figure comes last.
  const distances = statedDistances(stated, name).findLast((each) => each.place === place)
  if (distances === undefined) return undefined
  const { expected = value.expected } = stated.against.get(place.replace(/^against\//, '')) ?? {}
  return {
    scale,
    expected,
    scatter,
    ...(replicates !== undefined && !distances.expectedIsExact && { replicates }),
    tolerates: scales[scale].worsening(distances.distances.tolerates),
  }
}
