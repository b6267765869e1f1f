import { exitCodes } from '../budgets/exit-code.ts'
import { throughputKind } from '../budgets/reference-throughput.ts'
import { kindOf } from '../budgets/verdict.ts'
import type { ClientComparison, ComparisonReport, SideLabel } from './comparison.ts'
import { type ComparisonState, comparisonStates, stateOf, worstFirst } from './comparison-state.ts'
import { percent, signedPercent } from './figures.ts'
import { clientCommand } from './own-command.ts'
import { differenceText } from './verdict-message.ts'

/** How the text reaches the words that come from outside. */
export type Escape = (text: string) => string

/** A side with its version, once. */
export function sideText({ name, version }: SideLabel): string {
  return version === undefined || name.endsWith(`@${version}`) ? name : `${name} (${version})`
}

/** What the verb names the files as they are, when no head was asked for. */
export const workingTree = 'working tree'

/** The change of throughput with its interval; a dash where there is none. */
export function changeText({ throughput }: Pick<ClientComparison, 'throughput'>): string {
  if (throughput === undefined) return '–'
  const { estimate, low, high } = throughput
  return `${signedPercent(estimate - 1)} (${signedPercent(low - 1)} … ${signedPercent(high - 1)})`
}

/**
 * What the state is about where that is not throughput, which has a column of its own: `allocated bytes +6.7 %`. Names in it
 * come from outside.
 */
export function groundsText(each: ClientComparison): string | undefined {
  const state = stateOf(each)
  const grounds = each.verdicts.filter((verdict) => kindOf(verdict) === state)
  const [first, ...others] = grounds
  const isAboutThroughput = grounds.some(({ budget }) => budget === throughputKind.budget)
  if (first === undefined || state === 'pass' || isAboutThroughput) return undefined
  const change = differenceText(first)
  const about = `${first.budget.replace(/ against reference$/, '')}${change === undefined ? '' : ` ${change}`}`
  return `${about}${others.length === 0 ? '' : ` and ${others.length} more`}`
}

/** The command that measures just that again. */
export function reproduceCommand({ client, scenario, base, head, seed }: ClientComparison): string {
  return clientCommand('compare', client, [
    ['--base', base.name],
    ...(head.name === workingTree ? [] : ([['--head', head.name]] as const)),
    ['--scenario', scenario],
    ['--seed', String(seed)],
  ])
}

/** How many of each state, the states that there are none of left out. */
function countsText(report: ComparisonReport): string {
  const groups = Map.groupBy(report.compared, stateOf)
  return comparisonStates
    .flatMap((state) => (groups.has(state) ? `${groups.get(state)?.length} ${state}` : []))
    .join(', ')
}

/** What came of it in a few words, which read as green only where the run was whole and its exit code is 0. */
export function headlineText(report: ComparisonReport): string {
  const { compared, notMeasured, exitCode } = report
  const missing = notMeasured.length === 0 ? [] : [`${notMeasured.length} not measured`]
  const counts = [countsText(report), ...missing].filter((each) => each !== '').join(', ')
  const isGreen = compared.every((each) => greenStates.includes(stateOf(each)))
  return [
    isPartial(report) ? 'partial: ' : '',
    counts === '' ? 'nothing to compare' : counts,
    isGreen && exitCode !== exitCodes.pass ? ` (exit code ${exitCode})` : '',
  ].join('')
}

const greenStates: readonly ComparisonState[] = ['pass', 'improved', 'false red']

/** Whether the run was cut off. */
export function isPartial({ notMeasured, exitCode }: ComparisonReport): boolean {
  return notMeasured.length > 0 || exitCode === exitCodes.interrupted
}

/** What has no result, and why; a line a reason. */
export function notMeasuredTexts({ notMeasured }: ComparisonReport, inText: Escape): string[] {
  return [...Map.groupBy(notMeasured, ({ reason }) => reason)].map(([reason, group]) => {
    const names = group.map(({ client, scenario }) => inText(`${client} ${scenario}`))
    return `${names.join(', ')}: ${inText(reason)}`
  })
}

/** What is said when nothing was compared. */
export function nothingText({ base, head, unchanged }: ComparisonReport, inText: Escape): string {
  const sides = `base ${inText(base)}, head ${inText(head)}`
  return unchanged.length === 0
    ? `nothing that could matter changed: ${sides}`
    : `nothing that could matter changed: ${unchanged.map(inText).join(', ')} (${sides})`
}

/** Which clients were measured in processes taking turns, and why; a line a reason. */
export function turnsTexts(report: ComparisonReport, inText: Escape): string[] {
  const found = worstFirst(report).flatMap(({ client, way }) =>
    way.kind === 'one process' ? [] : [{ client, reason: way.reason }],
  )
  return [...Map.groupBy(found, ({ reason }) => reason)].map(([reason, group]) => {
    const names = new Set(group.map(({ client }) => client))
    return `${[...names].map(inText).join(', ')}: ${inText(reason)}`
  })
}

/** How noisy the machine was. */
export function noiseText({ noise, earlierNoise }: ComparisonReport): string {
  const now =
    noise === undefined
      ? 'no A/A pair was measured in this run'
      : `equal code differed by ${percent(noise)} (root mean square of the A/A replicates of this run)`
  if (earlierNoise === undefined) return now
  const { difference, pairs } = earlierNoise
  return `${now}; before, ${percent(difference)} over ${pairs} A/A pair${pairs === 1 ? '' : 's'} on this machine`
}

/** Minutes and seconds, e.g. `1 min 5 s`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

export function totalDurationMs({ compared }: ComparisonReport): number {
  return compared.reduce((sum, { durationMs }) => sum + durationMs, 0)
}
