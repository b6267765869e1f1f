import { rounded } from './proposed-value.ts'

/** A value new beside old, in the unit of its budget, with its 95 % interval: estimate, low, high. */
export type RecordedChange = readonly [estimate: number, low: number, high: number]

/** What a move of the reference did to one budget. */
interface MovedBudget {
  /** The new reference to the one before it, measured side by side. */
  readonly change: RecordedChange
  /** The new reference to the first one that was ever compared with: all changes together. */
  readonly sinceFirst: RecordedChange
  /** Why something worse is compared with from then on; absent where nobody had to say. */
  readonly reason?: string
}

/** A package before and after; a version is absent where the tree did not hold it, or holds it no longer. */
export interface MovedPackage {
  readonly name: string
  readonly from?: string
  readonly to?: string
}

/** One move of the frozen reference. */
export interface ReferenceMove {
  /** As `2026-11-22`. */
  readonly date: string
  /** Every package that changed, those that others brought along among them. */
  readonly packages: readonly MovedPackage[]
  /** By client, scenario and budget: throughput, and what is known to have changed beside it. */
  readonly budgets: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, MovedBudget>>>>>>
}

/** A budget of a client under a scenario, new reference beside old. */
export interface MeasuredChange {
  readonly client: string
  readonly scenario: string
  readonly budget: string
  readonly change: RecordedChange
  /** The value between equal trees: 1 for a ratio, whose changes multiply; 0 for a difference, whose changes add up. */
  readonly equal: 0 | 1
  /** The worst value that its budget tolerates, on the side on which it is worse. */
  readonly tolerates: number
  /** Why something worse is compared with; absent where nobody has to say. */
  readonly reason?: string
}

/**
 * The changes of a move with what they come to together with those of the moves before.
 *
 * @param moves The oldest first.
 */
export function withSinceFirst(
  moves: readonly ReferenceMove[],
  changes: readonly MeasuredChange[],
): ReferenceMove['budgets'] {
  const budgets: Record<string, Record<string, Record<string, MovedBudget>>> = {}
  for (const measured of changes) {
    const { client, scenario, budget, equal, reason } = measured
    const change = recorded(measured.change)
    const before = entriesIn(moves, measured).map((entry) => entry.change)
    const sinceFirst = recorded(together([...before, change], equal))
    const own = { change, sinceFirst, ...(reason === undefined ? {} : { reason }) }
    const scenarios = budgets[client] ?? {}
    budgets[client] = { ...scenarios, [scenario]: { ...scenarios[scenario], [budget]: own } }
  }
  return budgets
}

/**
 * The worst that the last moves have come to, however many of them, up to and with a new one and back to the last that
 * somebody has given a reason for: a reference that loses one percent at a time, each of them tolerated, would disarm the
 * gate. What was gained before is no credit.
 *
 * @param moves The oldest first.
 */
export function worstWithoutReason(moves: readonly ReferenceMove[], measured: MeasuredChange): RecordedChange {
  const entries = entriesIn(moves, measured)
  const sinceReason = entries.slice(entries.findLastIndex(({ reason }) => reason !== undefined) + 1)
  const changes = [...sinceReason.map(({ change }) => change), measured.change]
  const isLowerWorse = measured.tolerates < measured.equal
  const ends = changes.map((_, first) => together(changes.slice(first), measured.equal))
  return ends.reduce((worst, each) => (each[0] < worst[0] === isLowerWorse ? each : worst))
}

function entriesIn(
  moves: readonly ReferenceMove[],
  { client, scenario, budget }: Pick<MeasuredChange, 'client' | 'scenario' | 'budget'>,
): readonly MovedBudget[] {
  return moves.flatMap(({ budgets }) => budgets[client]?.[scenario]?.[budget] ?? [])
}

/** Independent changes together: half-widths, of ratios those of their logarithms, add up in quadrature. */
function together(changes: readonly RecordedChange[], equal: 0 | 1): RecordedChange {
  const [only, ...others] = changes
  if (only !== undefined && others.length === 0) return only
  const [into, back] = equal === 1 ? [Math.log, Math.exp] : [Number, Number]
  const terms = changes.map((change) => change.map((value) => into(value)) as unknown as RecordedChange)
  const estimate = sum(terms.map(([center]) => center))
  const below = Math.sqrt(sum(terms.map(([center, low]) => (center - low) ** 2)))
  const above = Math.sqrt(sum(terms.map(([center, , high]) => (high - center) ** 2)))
  return [back(estimate), back(estimate - below), back(estimate + above)]
}

function recorded([estimate, low, high]: RecordedChange): RecordedChange {
  return [rounded(estimate), rounded(low), rounded(high)]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
