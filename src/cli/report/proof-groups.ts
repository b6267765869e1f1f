import { minuteOf } from '../../helpers/reports/figures.ts'
import { machineOf } from '../../helpers/reports/history/merged.ts'
import type { ChartGroup } from '../../helpers/reports/html/chart-groups.ts'
import { plainText } from '../../helpers/reports/plain-text.ts'
import type { Collection, Proof, Trial } from '../prove/proof.ts'
import { falseRedLines } from './false-red-lines.ts'
import { proofCharts } from './proof-charts.ts'

/**
 * Operating characteristics of the gate on machines that a report is about, each as the collection with the newest trial has
 * them: trials of other packages are about another gate, and those of other machines say nothing here.
 */
export function proofGroups({ collections }: Proof, machines: readonly string[]): readonly ChartGroup[] {
  return machines.flatMap((machine) => {
    const own = collections.filter(({ machine: of }) => machineOf({ machine: of.class, node: of.node }) === machine)
    const [newest] = own.toSorted((one, other) => lastOf(other).localeCompare(lastOf(one)))
    if (newest === undefined) return []
    const trials = [...Map.groupBy(newest.trials, nameOf).values()].flatMap(decidedAsTheLast)
    const [lines, charts] = [falseRedLines(trials), proofCharts(trials)]
    if (lines.length + charts.length === 0) return []
    const name = plainText(machine)
    const notes = [`on ${name}, last tried ${minuteOf(plainText(lastOf(newest)))}`, ...lines]
    return [{ ...(machines.length === 1 ? {} : { title: name }), notes, charts }]
  })
}

function lastOf({ trials }: Pick<Collection, 'trials'>): string {
  return trials.reduce((last, { at }) => (at > last ? at : last), '')
}

function nameOf({ part, case: name }: Trial): string {
  return `${part} ${name}`
}

/** Trials of one case; those that were decided by other budgets than the last are not counted with it. */
function decidedAsTheLast(trials: readonly Trial[]): readonly Trial[] {
  const last = trials.find(({ at }) => at === lastOf({ trials }))
  return trials.filter(({ judgedBy }) => judgedBy === last?.judgedBy)
}
