import type { CompletedMeasurement } from '../measure/result.ts'
import { joined, type TunedScenario } from './budget-file.ts'
import { proposeTuned, type StatedBudgets } from './propose.ts'

/** What runs say about the budgets of one client and scenario, and what they do not. */
export interface Proposed {
  readonly tuned: TunedScenario
  /** Budgets that they cannot tell anything about, with the reason. */
  readonly lacking: readonly { readonly budget: string; readonly reason: string }[]
}

/**
 * What several runs say is to be expected, as {@link proposeTuned} has it, budget by budget: runs of the gate measure few
 * A/A pairs, and tell something about the others all the same.
 */
export function proposeEach(
  runs: readonly CompletedMeasurement[],
  stated: StatedBudgets,
  further: Parameters<typeof proposeTuned>[2] = {},
): Proposed {
  let tuned: TunedScenario = {}
  const lacking: { budget: string; reason: string }[] = []
  for (const budget of stated) {
    try {
      tuned = joined(tuned, proposeTuned(runs, [budget], further))
    } catch (error) {
      if (!tellsTooLittle(error)) throw error
      lacking.push({ budget, reason: error.message })
    }
  }
  return { tuned, lacking }
}

function tellsTooLittle(error: unknown): error is Error {
  return (
    error instanceof RangeError ||
    (error instanceof Error && 'code' in error && error.code === 'WIREGAUGE_EMPTY_SAMPLE')
  )
}
