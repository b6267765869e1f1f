import {
  type BudgetFile,
  type Loosening,
  type TunedScenario,
  type TunedValue,
  tunedFor,
  withEntry,
  withTuned,
} from '../../helpers/budgets/budget-file.ts'
import type { Proposal } from './proposal.ts'
import { valueAt } from './value-at.ts'

/** What is written down with the values. */
export interface Provenance {
  /** Of the tuning, as `2026-11-22`. */
  readonly date: string
  /** Of the whole file. */
  readonly tuned: BudgetFile['tuned']
  /** Why something is loosened; absent where nothing is. */
  readonly reason?: string
}

/** Whether a proposal is written: what is refused or the same is not. */
export function isAccepted({ change }: Proposal): boolean {
  return change === 'new' || change === 'tighter' || change === 'looser'
}

/**
 * The budget file with what is accepted, each client and scenario that changes with its date and runs.
 *
 * @param proposed The file with everything that is proposed, which accepted entries are taken from.
 */
export function tunedFile(
  file: BudgetFile,
  proposed: BudgetFile,
  proposals: readonly Proposal[],
  provenance: Provenance,
): BudgetFile {
  const accepted = Map.groupBy(proposals.filter(isAccepted), ({ client, scenario }) => `${client} ${scenario}`)
  let next = file
  for (const own of accepted.values()) {
    const [{ client, scenario } = { client: '', scenario: '' }] = own
    const [before, after] = [tunedFor(file, client, scenario), tunedFor(proposed, client, scenario)]
    next = withTuned(next, { client, scenario }, tunedEntries(before, after, own, provenance))
  }
  return { ...next, tuned: provenance.tuned }
}

function tunedEntries(
  before: TunedScenario,
  after: TunedScenario,
  own: readonly Proposal[],
  { date, reason }: Provenance,
): TunedScenario {
  const values = own.reduce((tuned, { place }) => withEntry(tuned, place, valueAt(after, place) as TunedValue), before)
  const loosened: Loosening[] = own.flatMap(({ change, place }) =>
    change === 'looser' && reason !== undefined ? { date, place, reason } : [],
  )
  const { controlRequestsPerSecond } = after
  const runs = Math.max(1, ...own.map(({ history }) => history.length))
  return {
    ...values,
    ...(controlRequestsPerSecond && { controlRequestsPerSecond }),
    tuned: { date, runs },
    ...(loosened.length > 0 && { loosened: [...(before.loosened ?? []), ...loosened] }),
  }
}
