import { referenceKinds } from '../../../helpers/budgets/kinds.ts'
import type { MovedPackage, RecordedChange, ReferenceMove } from '../../../helpers/budgets/reference-moves.ts'
import { throughputKind } from '../../../helpers/budgets/reference-throughput.ts'
import { scales } from '../../../helpers/budgets/scales.ts'
import { signedPercent } from '../../../helpers/reports/figures.ts'
import { plainTable } from '../../../helpers/reports/plain-table.ts'
import { plainText } from '../../../helpers/reports/plain-text.ts'

/** What a move does: its packages, and a row for everything that it changes, throughput also where it does not. */
export function moveText({ packages, budgets }: Pick<ReferenceMove, 'packages' | 'budgets'>): string {
  const heading = `the reference moves: ${packages.map(packageText).join(', ')}`
  const rows = Object.entries(budgets).flatMap(([client, scenarios]) =>
    Object.entries(scenarios).flatMap(([scenario, own]) =>
      Object.entries(own).map(([budget, { change, sinceFirst }]) => [
        ...[client, scenario, nameOf(budget)].map(plainText),
        changeText(change, budget),
        changeText(sinceFirst, budget),
      ]),
    ),
  )
  if (rows.length === 0) return `${heading}\nno spec holds a client against what moves\n`
  const head = ['client', 'scenario', 'of', 'new to old', 'new to first']
  return `${heading}\n${plainTable(head, rows, ['scenario', 'of'])}\n`
}

function nameOf(budget: string): string {
  return budget === throughputKind.budget ? 'throughput' : budget.replace(/ against reference$/, '')
}

function packageText({ name, from, to }: MovedPackage): string {
  if (from === undefined) return plainText(`${name} ${to} added`)
  return plainText(to === undefined ? `${name} ${from} removed` : `${name} ${from} → ${to}`)
}

/** Ratios as what they change; differences as they are. */
function changeText([estimate, low, high]: RecordedChange, budget: string): string {
  const { scale = 'throughput' } = referenceKinds.find((kind) => kind.budget === budget) ?? {}
  const inWords = {
    1: (value: number): string => signedPercent(value - 1),
    0: (value: number): string => String(value).replace('-', '−'),
  }
  const text = inWords[scales[scale].equal]
  return `${text(estimate)} (${text(low)} … ${text(high)})`
}
