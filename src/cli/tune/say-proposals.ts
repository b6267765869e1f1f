import path from 'node:path'
import {
  measurementsOf,
  scatteringBudgets,
  scatteringEntries,
  type TunedValue,
} from '../../helpers/budgets/budget-file.ts'
import { gateEffort } from '../../helpers/measure/effort.ts'
import type { LeftOut } from '../../helpers/reports/history/read-runs.ts'
import { editLines } from './edit-lines.ts'
import type { OpenTuning } from './open-tuning.ts'
import type { Change, Proposal } from './proposal.ts'
import { historyLines, nameOf, proposalTable } from './proposal-text.ts'
import type { Lacking, ProposedFile } from './propose-all.ts'
import { type Elsewhere, remedyFor } from './remedy.ts'

/** Prints the table, the history of what changes, what is refused, the edits of specs, and the error rates. */
export function sayProposals(proposed: ProposedFile, opened: OpenTuning, out: NodeJS.WritableStream): void {
  const { proposals } = proposed
  const parts = [
    [proposalTable(proposals)],
    historyLines(proposals),
    proposals.flatMap((proposal) => refusal(proposal, proposed)),
    editLines(proposals, opened),
    [ratesLine(proposed), countsLine(proposals)],
  ]
  out.write(`${parts.flatMap((lines) => (lines.length === 0 ? [] : lines.join('\n'))).join('\n\n')}\n`)
}

function refusal(
  { change, promised, proposed, limit, ...proposal }: Proposal,
  { file }: ProposedFile,
): readonly string[] {
  if (change !== 'refused') return []
  const name = nameOf({ change, promised, proposed, ...proposal })
  if (limit !== undefined) {
    return [
      `refused: ${name}: ${limit.stated} a second lie within its noise; half of the lowest seen is ${limit.sound}`,
    ]
  }
  const [broken] = promised.filter(({ isKept }) => !isKept)
  if (broken === undefined || proposed.scatter === undefined) return []
  const elsewhere = measurementsOf(file).flatMap(({ client, scenario, tuned }): Elsewhere[] => {
    if (client !== proposal.client || scenario === proposal.scenario) return []
    const found = scatteringEntries(tuned).find(({ place }) => place === proposal.place)
    return found === undefined ? [] : [{ scenario, value: found.value }]
  })
  const remedy = remedyFor(broken, {
    value: proposed as TunedValue,
    runs: proposal.history.length,
    effort: gateEffort,
    elsewhere,
  })
  return [`refused: ${name} promises more than can be shown here; it would take ${remedy}`]
}

function ratesLine({ rates, file }: ProposedFile): string {
  const budgets = scatteringBudgets(file)
  const runs = (rate: number): string => Math.round(1 / rate).toLocaleString('en')
  return (
    `false reds: a budget that is worse by all that it tolerates goes red once in ${runs(rates.falseRed)} runs or less, any of ` +
    `the budgets that scatter (${budgets}) once in ${runs(rates.falseRed * budgets)}; exact ones never by chance`
  )
}

const changes: readonly Change[] = ['new', 'tighter', 'looser', 'same', 'refused']

function countsLine(proposals: readonly Proposal[]): string {
  const counts = changes.flatMap((change) => {
    const { length } = proposals.filter((each) => each.change === change)
    return length === 0 ? [] : `${length} ${change}`
  })
  return `${proposals.length} entries: ${counts.join(', ')}`
}

/** A file that was not learnt from. @param root What its name is relative to. */
export function leftOutLine({ file, reason }: LeftOut, root: string): string {
  return `left out: ${path.relative(root, file)} ${reason}`
}

/** So many are named. */
const namedAtMost = 3

/** What the runs tell nothing about, by reason, in one line. */
export function lackingLine(lacking: readonly Lacking[]): string {
  const named = lacking.slice(0, namedAtMost).map(({ client, scenario, budget }) => `${client} ${scenario}, ${budget}`)
  const others = lacking.length - named.length
  return (
    `these runs tell too little about some of what is stated, which stays as it is (${lacking.length}; against the reference it ` +
    `takes A/A pairs, which \`wiregauge tune\` measures of every client): ${named.join('; ')}` +
    (others === 0 ? '' : `; and ${others} more`)
  )
}
