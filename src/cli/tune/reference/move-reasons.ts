import {
  type MeasuredChange,
  type ReferenceMove,
  worstWithoutReason,
} from '../../../helpers/budgets/reference-moves.ts'
import type { ClientComparison } from '../../../helpers/reports/comparison.ts'
import { intervalInUnit, inUnit } from '../../../helpers/reports/figures.ts'
import { plainText } from '../../../helpers/reports/plain-text.ts'
import { movedChanges } from './moved-changes.ts'

/** Something that a move of the reference needs a reason for. */
export interface NeededReason {
  readonly client: string
  readonly scenario: string
  readonly budget: string
  /** In words. */
  readonly why: string
}

/**
 * What a move of the reference needs a reason for: what is not shown to lie within its budget, and what has become worse by
 * more than its budget tolerates over moves that nobody gave a reason for.
 *
 * @param moves The moves before, the oldest first.
 */
export function neededReasons(
  comparisons: readonly ClientComparison[],
  moves: readonly ReferenceMove[],
): readonly NeededReason[] {
  return comparisons.flatMap((comparison) => {
    const { client, scenario, verdicts } = comparison
    const failed = verdicts.filter(({ state }) => state !== 'pass')
    const names = new Set(failed.map(({ budget }) => budget))
    return [
      ...failed.map(({ budget, state, reason }) => ({ client, scenario, budget, why: `${state}, ${reason}` })),
      ...movedChanges(comparison).flatMap((change) => (names.has(change.budget) ? [] : drift(change, moves))),
    ]
  })
}

function drift(measured: MeasuredChange, moves: readonly ReferenceMove[]): readonly NeededReason[] {
  const { client, scenario, budget, equal, tolerates } = measured
  const [estimate, low, high] = worstWithoutReason(moves, measured)
  if (tolerates < equal ? estimate >= tolerates : estimate <= tolerates) return []
  const unit = equal === 1 ? 'ratio' : 'bytes per request'
  const sum = intervalInUnit({ estimate, low, high, level: 0.95 }, unit)
  const why = `${sum} over the moves since the last with a reason, and ${inUnit(tolerates, unit)} is tolerated`
  return [{ client, scenario, budget, why }]
}

/** In a line. */
export function reasonLine({ client, scenario, budget, why }: NeededReason): string {
  return plainText(`${client} ${scenario}, ${budget}: ${why}`)
}
