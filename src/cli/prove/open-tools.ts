import { scatteringBudgets } from '../../helpers/budgets/budget-file.ts'
import { errorRates } from '../../helpers/budgets/decision.ts'
import type { Percent } from '../../helpers/budgets/thresholds.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { withReplicates } from '../../helpers/measure/effort.ts'
import { openSession, type Session } from '../../helpers/session/session.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import { compareMethods, comparisonEffort } from '../../helpers/trials/compare-methods.ts'
import { strictestThresholds } from '../../helpers/trials/judge-pair.ts'
import { runTrial } from '../../helpers/trials/trial.ts'
import type { Surroundings } from '../run.ts'
import { collectSpecs, ofGate } from '../specs/collect.ts'
import { statedBudgets } from '../specs/stated-budgets.ts'
import { survey } from '../survey.ts'
import { runGate } from './gate.ts'
import { digestOf } from './judged-by.ts'
import { openReplay } from './open-replay.ts'
import { statedSubjects } from './subjects.ts'
import type { StatedSubject, Tools } from './tools.ts'

/**
 * The real tools: what the specs of the project state, trials on this machine, the project's own gate.
 *
 * @throws {UsageError} when specs, budgets or reference are wrong.
 */
export async function openTools(trials: number | undefined, { root, progress, signal }: Surroundings): Promise<Tools> {
  const project = projectAt(root)
  // Hours of trials are no run with a cap, and would be days if each spread its looks over a minute. The seed only draws turns, and nothing else measures in this session.
  const session: Session = openSession({
    project,
    seed: 0,
    capSeconds: Number.POSITIVE_INFINITY,
    spreadMs: 4_000,
    say: progress.line,
  })
  const tests = await survey(await collectSpecs(project), session)
  const subjects = statedSubjects(await statedBudgets(tests, session), session)
  const stated = await statedBudgets(ofGate(tests), session)
  return {
    root,
    subjects,
    trials,
    falseRedRate: errorRates(scatteringBudgets(session.budgets)).falseRed,
    decide: (trial) => runTrial(session, trial, signal),
    strictest: (subject, catches, patience) => strictest(session, subject, catches, patience),
    compare: (comparison) => compareMethods(session, comparison, signal),
    comparedBy: digestOf(comparisonEffort(session.effort)),
    runGate: (seed) => runGate(project, seed, signal),
    gatedBy: digestOf(stated, session.budgets, session.effort),
    openReplay: () => openReplay(project.reports, stated, session),
  }
}

function strictest(
  { budgets, effort }: Session,
  { client, scenario, stated }: StatedSubject,
  catches: Percent,
  patience = 1,
) {
  const patient = { budgets, effort: withReplicates(effort, patience) }
  try {
    return { ...stated, reference: strictestThresholds(patient, client, scenario, catches) }
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}
