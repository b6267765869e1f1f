import { scales } from '../../helpers/budgets/scales.ts'
import type { Distances } from '../../helpers/budgets/thresholds.ts'
import { plainTable } from '../../helpers/reports/plain-table.ts'
import { plainText } from '../../helpers/reports/plain-text.ts'
import type { TunedFigure } from './compared-values.ts'
import type { Proposal } from './proposal.ts'
import { strip, stripLegend } from './strip.ts'

const none = '–'

const head = [
  'client',
  'scenario',
  'budget',
  'expected',
  'tolerates',
  'catches',
  '→ expected',
  '→ tolerates',
  '→ catches',
  'change',
]

/** What the file and the specs have beside what is proposed, a row a budget. */
export function proposalTable(proposals: readonly Proposal[]): string {
  const rows = proposals.map((proposal) => {
    const { client, scenario, budget, current, proposed, change } = proposal
    return [
      plainText(client),
      plainText(scenario),
      plainText(budget),
      expectedIn(current),
      ...distancesIn(proposal, 'stated'),
      expectedIn(proposed),
      ...distancesIn(proposal, 'strictest'),
      change,
    ]
  })
  return plainTable(head, rows, ['scenario', 'budget', 'change'])
}

const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })

function expectedIn(figure: TunedFigure | undefined): string {
  return figure === undefined ? none : figures.format(figure.expected).replace('-', '−')
}

/** What a spec states, or could at the strictest; of two that are stated about one value the wider. */
function distancesIn(
  { promised, limit, scale, proposed }: Proposal,
  which: 'stated' | 'strictest',
): readonly [tolerates: string, catches: string] {
  if (limit !== undefined) return [`≥ ${figures.format(which === 'stated' ? limit.stated : limit.sound)}`, none]
  if (proposed.scatter === undefined) return ['exactly', 'exactly']
  const distances = promised.flatMap((each) => each[which] ?? [])
  if (distances.length === 0 || distances.length < promised.length) return [none, none]
  const widest = (distance: keyof Distances): string =>
    scales[scale].inWords(Math.max(...distances.map((each) => each[distance])))
  return [widest('tolerates'), widest('catches')]
}

/** The history of every budget that changes, below what changes, then a line for each that stays, and what the marks are. */
export function historyLines(proposals: readonly Proposal[]): readonly string[] {
  const changed = proposals.filter(({ change }) => change !== 'same')
  const lines = changed.map((proposal) => {
    const line = strip(proposal)
    return [`${nameOf(proposal)}, ${changeIn(proposal)}`, ...(line === undefined ? [] : [`  ${line}`])].join('\n')
  })
  const staying = proposals.flatMap((proposal) => {
    const line = proposal.change === 'same' && proposal.history.length > 1 ? strip(proposal) : undefined
    return line === undefined ? [] : [`  ${line}  ${nameOf(proposal)}, same`]
  })
  return lines.length + staying.length === 0 ? [] : [...lines, ...staying, stripLegend]
}

function changeIn({ change, what }: Proposal): string {
  return what.length === 0 ? change : `${change}: ${what.join(', ')}`
}

/** A proposal in messages: client, scenario and budget. */
export function nameOf({ client, scenario, budget }: Proposal): string {
  return plainText(`${client} ${scenario}, ${budget}`)
}
