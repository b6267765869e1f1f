import path from 'node:path'
import {
  measurementsOf,
  scatteringBudgets,
  scatteringEntries,
  type TunedValue,
} from '../../helpers/budgets/budget-file.ts'
import { referenceKinds } from '../../helpers/budgets/kinds.ts'
import { gateEffort } from '../../helpers/measure/effort.ts'
import { plainText } from '../../helpers/reports/plain-text.ts'
import { editLines } from './edit-lines.ts'
import type { Unlearnt } from './learnt-runs.ts'
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
  const isStatable = promised.every(({ needed }) => needed !== undefined)
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
  const what = isStatable
    ? 'promises more than can be shown here'
    : 'scatters so much that no threshold can be stated which is kept here'
  return [`refused: ${name} ${what}; it would take ${remedy}`]
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

/** What was not learnt from. @param root What the name of a file is relative to. */
export function leftOutLine({ file, reason, part, others }: Unlearnt, root: string): string {
  const name = path.relative(root, file)
  const what = others ?? (part === undefined ? `${name} ${reason}` : `${part} in ${name}: ${reason}`)
  return `left out: ${plainText(what)}`
}

/** So many are named of each reason. */
const namedAtMost = 3

/** What the runs tell too little about: every reason once, on a line with its budgets. */
export function lackingLine(lacking: readonly Lacking[]): string {
  const byReason = Map.groupBy(lacking, ({ budget, reason }) => reason.replace(`${budget}: `, ''))
  const isAboutPairs = lacking.some(({ budget }) => referenceKinds.some((kind) => kind.budget === budget))
  return [
    `these runs tell too little about some of what is stated, which stays as it is (${lacking.length}):`,
    ...[...byReason].map(([reason, budgets]) => `  ${plainText(`${reason}: ${namesOf(budgets)}`)}`),
    ...(isAboutPairs
      ? ['  against the reference it takes A/A pairs, which `wiregauge tune` measures of every client']
      : []),
  ].join('\n')
}

function namesOf(budgets: readonly Lacking[]): string {
  const named = budgets.slice(0, namedAtMost).map(({ client, scenario, budget }) => `${client} ${scenario}, ${budget}`)
  const others = budgets.length - named.length
  return [...named, ...(others === 0 ? [] : [`and ${others} more`])].join('; ')
}
