import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import type { Change } from '../../helpers/trials/change.ts'
import { digestOf, factsOf } from './judged-by.ts'
import type { Case } from './part.ts'
import type { DecidedTrial, TrialVerdict } from './proof.ts'
import type { StatedSubject, Tools } from './tools.ts'

/** A client under a scenario with a change, decided about again and again. */
export interface DecidedCase extends Case {
  readonly subject: StatedSubject
  readonly change: Change
}

/** What else than the gate's own budgets and replicates a case is decided by. */
interface DecidedBy {
  /** Default: what the specs state. */
  readonly by?: StatedThresholds
  /** How many times the gate's replicates. Default 1. */
  readonly patience?: number
}

export function decidedCase(
  tools: Pick<Tools, 'decide'>,
  part: DecidedTrial['part'],
  about: { name: string; subject: StatedSubject; change: Change; wanted: number } & DecidedBy,
): DecidedCase {
  const { name, subject, change, wanted, by: stated = subject.stated, patience } = about
  const { client, scenario } = subject
  const judgedBy = digestOf(subject.judgedBy, stated, patience, factsOf(change))
  return {
    part,
    name,
    judgedBy,
    wanted,
    subject,
    change,
    try: async (seed): Promise<DecidedTrial> => {
      const result = await tools.decide({ client, scenario, change, stated, seed, ...(patience && { patience }) })
      const { verdicts, at, durationMs, logRatios, soloLogRatios } = result
      const decided = { client: client.name, scenario: scenario.name, change: change.name, logRatios, soloLogRatios }
      return { part, case: name, judgedBy, seed, at, durationMs, ...decided, verdicts: verdicts.map(keptOf) }
    },
  }
}

/** A trial keeps what was found; the thresholds stand in the specs. */
function keptOf({ budget, state, reason, measured }: TrialVerdict): TrialVerdict {
  return { budget, state, reason, ...(measured === undefined ? {} : { measured }) }
}

/** Whether a verdict would fail the build of a client whose files differ, other than for want of evidence. */
export function isRed({ state }: Pick<TrialVerdict, 'state'>): boolean {
  return state === 'regressed' || state === 'invalid'
}
