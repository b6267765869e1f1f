import { kindOf, type Verdict } from '../budgets/verdict.ts'
import type { CompletedMeasurement, MachineState } from '../measure/result.ts'
import type { Entry } from '../session/entry.ts'
import { rootMeanSquare } from '../statistics/summary.ts'
import { countOf, percent } from './figures.ts'
import { differencesOfNulls } from './measured-figures.ts'

/** How many verdicts of each kind, the A/A decisions counted apart, what went otherwise than planned, and how noisy it was. */
export function summaryLines(entries: readonly Entry[]): string[] {
  return [
    countsLine(entries),
    ...entries.flatMap(({ verdicts }) => verdicts.flatMap(notPassed)),
    ...entries.flatMap(unjudgedInvalid),
    ...conditionLines(entries),
  ]
}

/** What the verdicts rest on: how many of them only inform, and how noisy the machine was. */
export function conditionLines(entries: readonly Entry[]): string[] {
  const completed = completedOf(entries)
  return [
    ...informing(entries),
    ...noiseOfNulls(completed),
    ...disturbance(completed, 'stealShare', (share) => `stolen time: at most ${share} of the cores in a measurement`),
    ...disturbance(completed, 'throttledShare', (share) => `throttled: at most ${share} of the time of a measurement`),
  ]
}

function completedOf(entries: readonly Entry[]): readonly CompletedMeasurement[] {
  return entries.flatMap(({ measurement }) => (measurement.state === 'completed' ? [measurement] : []))
}

/** How many measurements, and how many verdicts of each kind. */
export function countsLine(entries: readonly Entry[]): string {
  const completed = completedOf(entries)
  const verdicts = entries.flatMap((entry) => entry.verdicts)
  const counted = (kind: ReturnType<typeof kindOf>) => verdicts.filter((verdict) => kindOf(verdict) === kind).length
  const invalid = entries.length - completed.length
  const without = counted('no reference yet')
  const blind = verdicts.filter((verdict) => verdict.blind).length
  return (
    `${countOf(entries.length, 'measurement')}${invalid === 0 ? '' : ` (${invalid} invalid)`}, ` +
    `${countOf(verdicts.length, 'budget')}: ${counted('pass')} pass, ${counted('regressed')} regressed, ` +
    `${counted('inconclusive')} inconclusive${blind === 0 ? '' : ` (${blind} blind)`}, ` +
    `${counted('invalid')} invalid${without === 0 ? '' : `, ${without} without a reference yet`}; A/A pairs ${completed.filter(isNull).length}, false reds ${counted('false red')}`
  )
}

function notPassed(verdict: Verdict): string[] {
  const { client, scenario, budget, state, reason, blind } = verdict
  return state === 'pass' ? [] : [`${blind ? 'blind' : kindOf(verdict)}: ${client} ${scenario}, ${budget}: ${reason}`]
}

function unjudgedInvalid({ measurement, verdicts }: Entry): string[] {
  // Otherwise its verdicts have told why.
  if (measurement.state !== 'invalid' || verdicts.length > 0) return []
  return [`invalid: ${measurement.client} ${measurement.scenario}: ${measurement.reason}`]
}

/** Budgets that gate nothing here but cliffs: who reads that all is well is to know for how many it is not known. */
function informing(entries: readonly Entry[]): string[] {
  const verdicts = entries.flatMap((entry) => entry.verdicts)
  const [first, ...others] = verdicts.filter(({ informs }) => informs)
  if (first === undefined) return []
  const [why] = first.reason.split(', so only a cliff is red')
  return [
    `${others.length + 1} of ${countOf(verdicts.length, 'budget')} only inform here, such as ${first.client} ${first.scenario}, ${first.budget}: ${why}`,
  ]
}

/** What equal code differed by: the gate's own noise in this run. The difference that it has is 0. */
function noiseOfNulls(completed: readonly CompletedMeasurement[]): string[] {
  const differences = differencesOfNulls(completed)
  if (differences.length === 0) return []
  const most = Math.max(...differences.map(Math.abs))
  return [
    `noise: equal code differed by ${percent(rootMeanSquare(differences))} (root mean square of ` +
      `${countOf(differences.length, 'A/A replicate')}), at most by ${percent(most)}`,
  ]
}

function disturbance(
  completed: readonly CompletedMeasurement[],
  name: Exclude<keyof MachineState, 'loadAverage'>,
  inWords: (share: string) => string,
): string[] {
  const shares = completed.flatMap(({ machineState }) => machineState[name] ?? [])
  return shares.length === 0 ? [] : [inWords(percent(Math.max(...shares)))]
}

function isNull({ pair }: CompletedMeasurement): boolean {
  return pair.state === 'measured' && pair.sameFiles
}
