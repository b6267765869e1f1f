import { tunedFor } from '../budgets/budget-file.ts'
import { isTunedMachine } from '../budgets/judgement.ts'
import { type MeasurementPlan, measureFirst } from '../measure/measurement.ts'
import { hashOf } from '../statistics/random.ts'
import { inTurn } from './in-turn.ts'
import type { Session } from './session.ts'

/**
 * Measures the first look of an A/A of the plan's reference, as the null of a run that has none.
 *
 * Both arms come from the reference tree. They share its modules, and so scatter rather less than two trees: a run that
 * they call noisy is noisy.
 */
export async function measureNull(session: Session, plan: MeasurementPlan): Promise<void> {
  const { client, scenario, pair, arms, effort, seed, signal } = plan
  const { nullHistory, budgets, judging, project } = session
  const tuned = tunedFor(budgets, client.name, scenario.name)
  // Elsewhere it is not known how A/A pairs scatter, and where there is no reference there is nothing to compare.
  const tells = tuned.reference !== undefined && pair.state !== 'no reference' && isTunedMachine(judging)
  if (!tells || !nullHistory.isEmpty) return
  const isOwn = client.library?.startsWith('./') ?? false
  // Of own code that is not measured against its reference the project has the same.
  const tree = pair.state === 'measured' ? pair.referenceTree : isOwn ? project.root : project.referenceTree
  await inTurn(session, plan, 1, async () => {
    // Another red may have had it measured meanwhile.
    if (!nullHistory.isEmpty) return
    session.onStart(client.name, scenario.name)
    const measurement = await measureFirst({
      ...plan,
      underLoad: false,
      tree,
      ...(arms && { arms: { current: arms.reference, reference: arms.reference } }),
      pair: { state: 'measured', sameFiles: true, referenceTree: tree, solo: false },
      effort: { ...effort, pair: { ...effort.pair, sums: false } },
      first: ['pair'],
      seed: hashOf(`${seed} null`),
    })
    signal.throwIfAborted()
    nullHistory.add(measurement, tuned)
  })
}
