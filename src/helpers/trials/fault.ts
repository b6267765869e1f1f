import type { Thresholds } from '../budgets/thresholds.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Client } from '../clients/contract.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { Change } from './change.ts'
import { applyPatches, type Patch } from './patch.ts'

/** A change that makes a client worse and nothing else, and what has to show it. */
export interface Fault extends Change {
  readonly client: Client
  readonly scenario: Scenario
  readonly patches: readonly Patch[]
  /** Names of budgets of which at least one must show it. */
  readonly expects: readonly string[]
  /** How they show it: red, or as `inconclusive: arms interfere`, which never passes either. Default `regressed`. */
  readonly shownAs?: 'regressed' | 'arms interfere'
  /**
   * The drop that a budget must catch to show it, where the gate's own need not: then it is judged by one that catches
   * so much and tolerates the least that is not refused (`strictestThresholds`).
   */
  readonly catches?: Thresholds['catches']
  /** Such a drop may take more replicates than the gate's: so many times. Default 1. */
  readonly patience?: number
}

/** A fault that consists of patches. */
export function fault(parts: Omit<Fault, 'apply'>): Fault {
  const { patches } = parts
  return { madeOf: patches, ...parts, apply: (packages) => applyPatches(patches, packages) }
}

/**
 * Whether the verdicts of a trial show its fault. Work that is not the work does not, though the gate is red then: a process
 * that crashes for another reason would count as the fault.
 */
export function isShown(
  { expects, shownAs = 'regressed' }: Pick<Fault, 'expects' | 'shownAs'>,
  verdicts: readonly Pick<Verdict, 'budget' | 'state' | 'reason'>[],
): boolean {
  const shows = ({ state, reason }: Pick<Verdict, 'state' | 'reason'>): boolean =>
    shownAs === 'regressed' ? state === 'regressed' : state === 'inconclusive' && reason.startsWith(shownAs)
  return verdicts.some((verdict) => expects.includes(verdict.budget) && shows(verdict))
}
