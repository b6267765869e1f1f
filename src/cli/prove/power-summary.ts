import type { BudgetPower, Worsening } from '../../helpers/budgets/replay-power.ts'
import { scales } from '../../helpers/budgets/scales.ts'
import { plainTable } from '../../helpers/reports/plain-table.ts'
import { meanInterval } from '../../helpers/statistics/student.ts'
import { mean } from '../../helpers/statistics/summary.ts'
import { percent } from './figures.ts'
import { promisedPower } from './power.ts'

/** Kinds of budgets that are summed up together, by their names; the others stand for themselves. */
const groups: readonly (readonly [RegExp, string])[] = [
  [/^throughput against (?!reference)/, 'throughput against clients'],
  [/^p\d+ batch time/, 'percentiles of batch time'],
  [/^batches over/, 'slow batches'],
  [/^(retained bytes|resident memory)/, 'retained and resident bytes'],
]

function groupOf({ kind }: BudgetPower): string {
  return groups.find(([pattern]) => pattern.test(kind))?.[1] ?? kind
}

/** By what a budget is to catch. */
const once: Worsening = { times: 1 }

/** Budgets of a group that were made worse by the same. */
interface GroupPower {
  readonly group: string
  readonly budgets: number
  readonly at: readonly (Worsening & {
    readonly mean: number
    readonly worst: { readonly budget: string; readonly power: number }
  })[]
}

function groupPower(group: string, budgets: readonly BudgetPower[], kind: 'times' | 'drop'): GroupPower {
  const worsenings = budgets[0]?.at.filter((point) => kind in point) ?? []
  return {
    group,
    budgets: budgets.length,
    at: worsenings.map((worsening) => {
      const powers = budgets.map((budget) => ({ budget: budget.name, power: mean(redAt(budget, worsening)) }))
      const { red: _, ...put } = worsening
      const worst = powers.reduce((one, other) => (other.power < one.power ? other : one))
      return { ...put, mean: mean(powers.map(({ power }) => power)), worst }
    }),
  }
}

function redAt({ at }: BudgetPower, wanted: Worsening): readonly number[] {
  return at.find((point) => sizeOf(point) === sizeOf(wanted) && 'times' in point === 'times' in wanted)?.red ?? []
}

function sizeOf(worsening: Worsening): number {
  return 'times' in worsening ? worsening.times : worsening.drop
}

/** Whether any drop that was put in is one that the budget is to catch. */
function catchesADrop({ at, catches }: BudgetPower): boolean {
  const rounding = 1e-9
  return at.some((point) => 'drop' in point && point.drop >= catches - rounding)
}

/** Every kind of budget at times of what its budgets catch, and throughput at drops, by what is caught. */
export function summarisePower(power: readonly BudgetPower[]) {
  const dropped = power.filter(catchesADrop).toSorted((one, other) => one.catches - other.catches)
  return {
    kinds: [...Map.groupBy(power, groupOf)].map(([group, budgets]) => groupPower(group, budgets, 'times')),
    throughput: [...Map.groupBy(dropped, ({ catches }) => scales.throughput.inWords(catches))].map(
      ([catches, budgets]) => groupPower(catches, budgets, 'drop'),
    ),
    budgets: power.length,
    below: power.filter((budget) => mean(redAt(budget, once)) < promisedPower).map(({ name }) => name),
  }
}

/** Two tables, kinds of budgets and throughput against the reference, and how many budgets show less than is promised. */
export function powerText({ kinds, throughput, budgets: all, below }: ReturnType<typeof summarisePower>) {
  const [kind] = kinds
  const [drops] = throughput
  return [
    ...(kind === undefined
      ? []
      : [
          plainTable(
            ['red at times of what it catches', 'budgets', ...kind.at.map((put) => `${sizeOf(put)} ×`), 'worst at 1 ×'],
            kinds.map(({ group, budgets, at }) => [
              group,
              String(budgets),
              ...at.map((point) => percent(point.mean)),
              ...at.flatMap((point) =>
                sizeOf(point) === 1 ? `${percent(point.worst.power)}: ${withoutKind(point.worst.budget, group)}` : [],
              ),
            ]),
            ['worst at 1 ×'],
          ),
          `power: modelled below ${percent(promisedPower)} at what is caught for ${below.length} of ${all} budgets`,
        ]),
    ...(drops === undefined
      ? []
      : [
          plainTable(
            [
              'throughput against reference that catches',
              'budgets',
              ...drops.at.map((put) => `drop of ${percent(sizeOf(put))} (worst)`),
            ],
            throughput.map(({ group, budgets, at }) => [
              group,
              String(budgets),
              ...at.map((point) => `${percent(point.mean)} (${percent(point.worst.power)})`),
            ]),
          ),
        ]),
  ]
}

function withoutKind(name: string, group: string): string {
  return name.endsWith(`: ${group}`) ? name.slice(0, -`: ${group}`.length) : name
}

/** Chance that the check finds a lack of power where there is none, over all budgets, and over all kinds. */
const falseAlarm = 0.05

/**
 * Where power at what is caught is surely below what is promised. What scatters are the recorded runs, a handful, and not
 * the draws from them, of which there can be any number: the upper bound of Student's interval over the runs decides.
 * Each budget gets its share of the chance of a false alarm (Bonferroni), without which the worst of hundreds would always
 * fail by one unlucky run; and so does each kind, whose mean is known better. One run alone shows no lack. The error of a
 * run's few replicates counts as its mood in every draw from it, so that power is modelled rather too low than too high.
 */
export function lackingPower(power: readonly BudgetPower[]): readonly string[] {
  const kinds = Map.groupBy(power, groupOf)
  const ofKinds = [...kinds].flatMap(([group, budgets]) => {
    const perRun = byRun(budgets.map((budget) => redAt(budget, once)))
    return isSurelyLacking(perRun, kinds.size) ? [`${group}: ${percent(mean(perRun))} on average`] : []
  })
  const ofBudgets = power.flatMap((budget) => {
    const red = redAt(budget, once)
    return isSurelyLacking(red, power.length) ? [`${budget.name}: ${percent(mean(red))}`] : []
  })
  return [...ofKinds, ...ofBudgets].map((found) => `modelled: what a budget catches goes red too seldom: ${found}`)
}

/** The mean over budgets, for each run. */
function byRun(budgets: readonly (readonly number[])[]): readonly number[] {
  const runs = Math.max(0, ...budgets.map((red) => red.length))
  return Array.from({ length: runs }, (_, run) => mean(budgets.flatMap((red) => red[run] ?? [])))
}

function isSurelyLacking(red: readonly number[], comparisons: number): boolean {
  // Of a two-sided interval only the upper bound is used.
  return red.length > 1 && meanInterval(red, 1 - (2 * falseAlarm) / comparisons).high < promisedPower
}
