import { type MeasuredChange, type ReferenceMove, withoutReason } from '../../../helpers/budgets/reference-moves.ts'
import { throughputKind } from '../../../helpers/budgets/reference-throughput.ts'
import type { ClientComparison } from '../../../helpers/reports/comparison.ts'
import { percent, signedPercent } from '../../../helpers/reports/figures.ts'
import { plainText } from '../../../helpers/reports/plain-text.ts'

/** What was measured of a comparison; absent where the work was not the work. */
export function changeIn({ client, scenario, throughput }: ClientComparison): MeasuredChange | undefined {
  return throughput === undefined ? undefined : { client, scenario, change: throughput }
}

/**
 * Why a move of the reference needs a reason: what is not shown to lie within its budget, and what has become slower by more
 * than its budget tolerates over all moves that nobody gave a reason for.
 *
 * @param moves The moves before, the oldest first.
 * @returns A line each; empty where the move needs none.
 */
export function moveReasons(
  comparisons: readonly ClientComparison[],
  moves: readonly ReferenceMove[],
): readonly string[] {
  return comparisons.flatMap((comparison) => [...failures(comparison), ...drift(comparison, moves)])
}

function failures({ client, scenario, verdicts }: ClientComparison): readonly string[] {
  return verdicts.flatMap(({ state, budget, reason }) =>
    state === 'pass' ? [] : `${nameOf(client, scenario)}, ${budget}: ${state}, ${plainText(reason)}`,
  )
}

function drift(comparison: ClientComparison, moves: readonly ReferenceMove[]): readonly string[] {
  const { client, scenario, verdicts } = comparison
  const measured = changeIn(comparison)
  const own = verdicts.find(({ budget }) => budget === throughputKind.budget)
  if (measured === undefined || own?.tolerates === undefined || own.state !== 'pass') return []
  const { estimate } = withoutReason(moves, measured)
  if (estimate >= own.tolerates) return []
  return [
    `${nameOf(client, scenario)}: throughput has changed by ${signedPercent(estimate - 1)} over the moves since the last with a ` +
      `reason, and ${percent(1 - own.tolerates)} is what its budget tolerates`,
  ]
}

function nameOf(client: string, scenario: string): string {
  return plainText(`${client} ${scenario}`)
}
