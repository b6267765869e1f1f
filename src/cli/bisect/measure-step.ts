import { throughputKind } from '../../helpers/budgets/reference-throughput.ts'
import { withReplicates } from '../../helpers/measure/effort.ts'
import { type Session, withEffort } from '../../helpers/session/session.ts'
import { hashOf } from '../../helpers/statistics/random.ts'
import { UnknownPackageError, UnknownVersionError } from '../../helpers/trees/npm-error.ts'
import type { Compared, Comparison } from '../compare/compare-one.ts'
import { TooOldError } from '../compare/runs-on.ts'
import { type Openers, openSides, type Sides } from '../compare/side.ts'
import type { ComparedSubject } from '../compare/subjects.ts'
import type { Measure, Question, Step } from './step.ts'

/** What is measured, and how. */
export interface Asked {
  readonly session: Session
  readonly subject: ComparedSubject
  readonly library: string
  readonly openers: Openers
  readonly signal: AbortSignal
}

/** Answers questions by comparing two published versions. */
export function measureWith(
  asked: Asked,
  compare: (comparison: Comparison) => Promise<Pick<Compared, 'comparison'>>,
): Measure {
  return async (question) => {
    try {
      const sides = await openVersions(asked.library, question, asked.openers)
      return stepOf(await compare(comparisonFor(question, sides, asked)))
    } catch (error) {
      if (!isOfVersion(error)) throw error
      return { state: 'not measurable', reason: error.message }
    }
  }
}

/** Opens a version of a package as head, and what it is measured against as base. */
export function openVersions(
  library: string,
  { version, against }: Pick<Question, 'version' | 'against'>,
  openers: Openers,
): Promise<Sides> {
  return openSides(
    { kind: 'version', package: library, version: against },
    { kind: 'version', package: library, version },
    openers,
  )
}

/** Each question draws its own turns, and the same again when repeated. More patience is more replicates at every look. */
function comparisonFor({ version, against, patience }: Question, sides: Sides, asked: Asked): Comparison {
  const { session, subject, signal } = asked
  const seed = hashOf(`${session.seed} ${version} ${against} ${patience}`)
  return {
    session: withEffort({ ...session, seed }, withReplicates(session.effort, patience)),
    sides,
    subject,
    signal,
    // The bad end is said to be slow: what is left of it may be less than a gate would catch.
    stated: 'finest',
    because: [],
  }
}

/** Whether an error is about one version: it needs one that is gone, or the client does not run on it. */
export function isOfVersion(error: unknown): error is Error {
  return [UnknownVersionError, UnknownPackageError, TooOldError].some((kind) => error instanceof kind)
}

/** What the verdict about throughput says. */
export function stepOf({ comparison }: Pick<Compared, 'comparison'>): Step {
  const { throughput, verdicts } = comparison
  const verdict = verdicts.find(({ budget }) => budget === throughputKind.budget)
  const state = verdict?.state ?? 'invalid'
  if (verdict === undefined || state === 'invalid' || state === 'no reference yet' || throughput === undefined) {
    return { state: 'not measurable', reason: verdict?.reason ?? 'there is no verdict about throughput' }
  }
  return { state, throughput, reason: verdict.reason }
}
