import type { MovedPackage, RecordedRatio, ReferenceMove } from '../../../helpers/budgets/reference-moves.ts'
import { changeText } from '../../../helpers/reports/comparison-words.ts'
import { plainTable } from '../../../helpers/reports/plain-table.ts'
import { plainText } from '../../../helpers/reports/plain-text.ts'

/** What a move does: its packages, and a row for every client and scenario that it makes a difference to. */
export function moveText({ packages, throughput }: Pick<ReferenceMove, 'packages' | 'throughput'>): string {
  const moved = Object.entries(packages).map(([name, versions]) => packageText(name, versions))
  const heading = `the reference moves: ${moved.join(', ')}`
  const rows = Object.entries(throughput).flatMap(([client, scenarios]) =>
    Object.entries(scenarios).map(([scenario, { change, sinceFirst }]) => [
      plainText(client),
      plainText(scenario),
      ratioText(change),
      ratioText(sinceFirst),
    ]),
  )
  if (rows.length === 0) return `${heading}\nno spec holds a client against what moves\n`
  return `${heading}\n${plainTable(['client', 'scenario', 'throughput, new to old', 'new to first'], rows, ['scenario'])}\n`
}

function packageText(name: string, { from, to }: MovedPackage): string {
  if (from === undefined) return plainText(`${name} ${to} added`)
  return plainText(to === undefined ? `${name} ${from} removed` : `${name} ${from} → ${to}`)
}

function ratioText(ratio: RecordedRatio): string {
  return changeText({ throughput: { ...ratio, level: 0.95 } })
}
