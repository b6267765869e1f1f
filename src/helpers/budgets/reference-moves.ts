import { rounded } from './proposed-value.ts'

/** A ratio of throughput, new to old, with its 95 % interval. */
export interface RecordedRatio {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** What a move of the reference did to one client under one scenario. */
interface MovedThroughput {
  /** The new reference to the one before it, measured side by side. */
  readonly change: RecordedRatio
  /** The new reference to the first one that was ever compared with: the product of the changes. */
  readonly sinceFirst: RecordedRatio
}

/** Versions of a package before and after; absent where the tree did not hold it, or holds it no longer. */
export interface MovedPackage {
  readonly from?: string
  readonly to?: string
}

/** One move of the frozen reference. */
export interface ReferenceMove {
  /** As `2026-11-22`. */
  readonly date: string
  /** Every package that changed, those that others brought along among them. */
  readonly packages: Readonly<Record<string, MovedPackage>>
  /** By client, and by scenario. */
  readonly throughput: Readonly<Record<string, Readonly<Record<string, MovedThroughput>>>>
  /** Why something slower is compared with from then on; absent where nothing was found to be. */
  readonly reason?: string
}

/** A client under a scenario, new reference beside old. */
export interface MeasuredChange {
  readonly client: string
  readonly scenario: string
  readonly change: RecordedRatio
}

const unchanged: RecordedRatio = { estimate: 1, low: 1, high: 1 }

/**
 * The changes of a move with what they come to together with those of the moves before.
 *
 * @param moves The oldest first.
 */
export function withSinceFirst(
  moves: readonly ReferenceMove[],
  changes: readonly MeasuredChange[],
): ReferenceMove['throughput'] {
  const throughput: Record<string, Record<string, MovedThroughput>> = {}
  for (const { client, scenario, change } of changes) {
    const sinceFirst = productOf([...changesIn(moves, client, scenario), change])
    throughput[client] = { ...throughput[client], [scenario]: { change, sinceFirst } }
  }
  return throughput
}

/**
 * What a client under a scenario has become by the moves that nobody has given a reason for, up to and with a new one. A
 * reference that loses one percent at a time, each of them tolerated, would disarm the gate.
 *
 * @param moves The oldest first.
 */
export function withoutReason(
  moves: readonly ReferenceMove[],
  { client, scenario, change }: MeasuredChange,
): RecordedRatio {
  const lastReason = moves.findLastIndex(({ reason }) => reason !== undefined)
  return productOf([...changesIn(moves.slice(lastReason + 1), client, scenario), change])
}

function changesIn(moves: readonly ReferenceMove[], client: string, scenario: string): readonly RecordedRatio[] {
  return moves.flatMap(({ throughput }) => throughput[client]?.[scenario]?.change ?? [])
}

/** A product of independent ratios: the half-widths of their logarithms add up in quadrature. */
function productOf(ratios: readonly RecordedRatio[]): RecordedRatio {
  const [only, ...others] = ratios
  if (only === undefined) return unchanged
  if (others.length === 0) return only
  const gain = sum(ratios.map(({ estimate }) => Math.log(estimate)))
  const below = Math.sqrt(sum(ratios.map(({ estimate, low }) => Math.log(estimate / low) ** 2)))
  const above = Math.sqrt(sum(ratios.map(({ estimate, high }) => Math.log(high / estimate) ** 2)))
  return recordedRatio({ estimate: Math.exp(gain), low: Math.exp(gain - below), high: Math.exp(gain + above) })
}

/** As the budget file records it. */
export function recordedRatio({ estimate, low, high }: RecordedRatio): RecordedRatio {
  return { estimate: rounded(estimate), low: rounded(low), high: rounded(high) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
