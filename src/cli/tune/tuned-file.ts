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

/** What is written down with the values. */
export interface Provenance {
  /** Of what is written, as `2026-11-22`. */
  readonly date: string
  /** Of the newest run that it rests on. */
  readonly tunedAt: string
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
 * The budget file with what is accepted. A client and scenario of which nothing was refused has its date and runs, also
 * where all stays as it is: then it was confirmed.
 *
 * @param proposed The file with everything that is proposed, whose speed of the machine goes with what is accepted.
 */
export function tunedFile(
  file: BudgetFile,
  proposed: BudgetFile,
  proposals: readonly Proposal[],
  provenance: Provenance,
): BudgetFile {
  let next = file
  for (const own of Map.groupBy(proposals, ({ client, scenario }) => `${client} ${scenario}`).values()) {
    const [{ client, scenario } = { client: '', scenario: '' }] = own
    const isConfirmed = own.every(({ change }) => change !== 'refused')
    if (!isConfirmed && !own.some(isAccepted)) continue
    const [before, after] = [tunedFor(file, client, scenario), tunedFor(proposed, client, scenario)]
    next = withTuned(next, { client, scenario }, tunedEntries(before, after, own, provenance))
  }
  return { ...next, tuned: provenance.tuned }
}

function tunedEntries(
  before: TunedScenario,
  after: TunedScenario,
  own: readonly Proposal[],
  { date, tunedAt, reason }: Provenance,
): TunedScenario {
  const accepted = own.filter(isAccepted)
  const values = accepted.reduce((tuned, { place, kept }) => withEntry(tuned, place, kept as TunedValue), before)
  const loosened: Loosening[] = accepted.flatMap(({ change, place }) =>
    change === 'looser' && reason !== undefined ? { date, place, reason } : [],
  )
  const { controlRequestsPerSecond } = after
  const runs = Math.max(1, ...own.map(({ history }) => history.length))
  return {
    ...values,
    ...(accepted.length > 0 && controlRequestsPerSecond && { controlRequestsPerSecond }),
    tuned: { date: tunedAt, runs },
    ...(loosened.length > 0 && { loosened: [...(before.loosened ?? []), ...loosened] }),
  }
}
