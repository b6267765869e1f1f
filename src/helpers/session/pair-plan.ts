import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type BudgetFile, measurementsOf } from '../budgets/budget-file.ts'
import type { Client } from '../clients/contract.ts'
import type { PairPlan } from '../measure/measurement.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { manifestOf } from '../trees/manifest-of.ts'
import { treeDigest } from '../trees/tree-digest.ts'
import type { Prepare } from './own-reference.ts'
import type { Session } from './session.ts'

/**
 * Pairs of unchanged files that each run measures all the same, so that the gate's own noise is known. They rotate over the
 * whole budget file: of four, about two belong to specs that are not wide.
 */
export const nullsPerRun = 4

/** Of a session, what decides about pairs. */
type PlanningSession = Pick<Session, 'project' | 'budgets' | 'seed' | 'nulls' | 'ownReference'>

/** How the reference of own code is prepared, by whoever is the first to need it. */
interface Preparing {
  readonly signal: AbortSignal
  readonly prepare: Prepare
}

/**
 * Decides whether a client is measured against its reference, and if not, why. That of own code is checked out first.
 *
 * @throws As {@link import('./own-reference.ts').OwnReference} does, for a client of own code.
 */
export async function planPair(
  client: Client,
  scenario: Pick<Scenario, 'name' | 'load'>,
  session: PlanningSession,
  preparing: Preparing,
): Promise<PairPlan> {
  const held = await heldBy(client, session, preparing)
  const { treeChanged } = held
  const none = (reason: string): PairPlan => ({ state: 'no reference', reason, treeChanged })
  if ('reason' in held && !held.isNew) return none(held.reason)
  if (client.processWide) return none('two versions of it in one process would share their state')
  if (scenario.load !== undefined) return none('the scenario has a load of its own, and no batches')
  if ('reason' in held) {
    // How equal code scatters is learnt from what there is of it: both arms are the project's own.
    if (session.nulls === 'all') {
      return { state: 'measured', sameFiles: true, referenceTree: session.project.root, solo: true }
    }
    return { state: 'no reference', reason: held.reason, treeChanged, isNew: true }
  }
  const { referenceTree } = held
  if (treeChanged) return { state: 'measured', sameFiles: false, referenceTree, solo: true }
  const { budgets, seed, nulls } = session
  if (nulls !== 'all' && !isDrawn(client.name, scenario.name, budgets, seed)) return { state: 'same files' }
  // Equal arms alone say nothing about a client; tuning learns how they scatter.
  return { state: 'measured', sameFiles: true, referenceTree, solo: nulls === 'all' }
}

/** What there is to compare a client with, or why there is nothing; and whether its code is another than it was. */
type Held = { readonly treeChanged: boolean } & (
  | { readonly referenceTree: string }
  | { readonly reason: string; readonly isNew?: true }
)

async function heldBy(
  { library }: Client,
  { project, budgets, ownReference }: PlanningSession,
  { signal, prepare }: Preparing,
): Promise<Held> {
  const none = (reason: string, treeChanged = false): Held => ({ reason, treeChanged })
  if (library === undefined) return none('it comes with Node')
  if (library.startsWith('./') && ownReference !== undefined) {
    const own = await ownReference.pairOf(library, signal, prepare)
    // What is new has changed.
    if (own.state === 'new') return { reason: `${library} is not at ${own.base}`, treeChanged: true, isNew: true }
    return { referenceTree: own.tree, treeChanged: !own.sameCode }
  }
  const { referenceTree } = project
  if (budgets.reference?.integrity === undefined || !existsSync(referenceTree))
    return none('the project has no reference tree')
  if (library.startsWith('./')) return none('the budget file names no base to compare own code with')
  // Looked for in its own folder: resolving goes on to the project around it, which would be compared with itself.
  const held = existsSync(path.join(referenceTree, 'node_modules', library))
  if (!held) return none(`the reference tree has no ${library}`, isOtherVersion(library, project.root, budgets))
  return { referenceTree, treeChanged: treeDigest(library, project.root) !== treeDigest(library, referenceTree) }
}

/** Whether another version of a package is installed than budgets were tuned on: then its tree has changed. */
function isOtherVersion(library: string, root: string, { tuned }: Pick<BudgetFile, 'tuned'>): boolean {
  const manifest = manifestOf(library, path.join(root, 'package.json'))
  const { [library]: tunedOn } = tuned.packages
  if (manifest === undefined || tunedOn === undefined) return false
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }
  return version !== tunedOn
}

/** The plan of a client that is not to be paired: whether its tree has changed counts all the same. */
export function withoutPair(plan: PairPlan): PairPlan {
  if (plan.state === 'no reference' && !plan.isNew) return plan
  const treeChanged = plan.state === 'no reference' || (plan.state === 'measured' && !plan.sameFiles)
  return { state: 'no reference', reason: 'its spec asks for no pair', treeChanged }
}

/** Whether this run's rotation falls on the client and scenario: every n-th of the file, beginning at the seed. */
function isDrawn(client: string, scenario: string, budgets: BudgetFile, seed: number): boolean {
  const eligible = measurementsOf(budgets).filter(({ tuned }) => tuned.reference !== undefined)
  const place = eligible.findIndex((each) => each.client === client && each.scenario === scenario)
  const stride = Math.max(1, Math.ceil(eligible.length / nullsPerRun))
  return place >= 0 && place % stride === seed % stride
}
