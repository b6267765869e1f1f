import { tunedFor } from '../../helpers/budgets/budget-file.ts'
import { writeNoise } from '../../helpers/reports/write-noise.ts'
import { measureInTurns } from '../../helpers/session/looks.ts'
import { nullDifference } from '../../helpers/session/null-history.ts'
import type { Session } from '../../helpers/session/session.ts'
import { hashOf } from '../../helpers/statistics/random.ts'
import { type MeasureLooks, planOf } from './plan.ts'
import type { Sides } from './side.ts'
import type { ComparedSubject } from './subjects.ts'

interface NoiseQuestion {
  readonly session: Session
  readonly sides: Sides
  /** Of which one is measured, drawn by the seed. */
  readonly subjects: readonly ComparedSubject[]
  readonly signal: AbortSignal
}

/**
 * Measures the base against itself under one client and scenario, which rotates with the seed: where nothing changed the
 * noise of the machine is known all the same.
 *
 * @returns The root mean square of the differences, as a share; undefined where no client can be paired.
 */
export async function measureNoise(
  { session, sides, subjects, signal }: NoiseQuestion,
  measureLooks: MeasureLooks = measureInTurns,
): Promise<number | undefined> {
  const able = subjects.filter(({ client }) => client.library !== undefined && !client.processWide)
  const tuned = able.filter(
    ({ client, scenario }) => tunedFor(session.budgets, client.name, scenario.name).reference !== undefined,
  )
  const rotation = tuned.length > 0 ? tuned : able
  const subject = rotation[session.seed % Math.max(1, rotation.length)]
  if (subject === undefined) return undefined
  const same: Sides = { base: sides.base, head: sides.base }
  const { plan } = await planOf({ session, sides: same, subject, signal })
  const effort = { ...session.effort, pair: { ...session.effort.pair, sums: false } }
  const { measurement } = await measureLooks(session, { ...plan, effort, seed: hashOf(`${session.seed} null`) })
  if (measurement.state === 'invalid' || measurement.pair.state !== 'measured') return undefined
  return nullDifference(measurement.pair.replicates.map(({ logRatio }) => logRatio.estimate))
}

/** Adds the A/A pairs of a run to the history of this machine's noise. */
export function keepNoise({ nullHistory, machine, project, say }: Session): void {
  const date = new Date().toISOString()
  const entries = nullHistory.pairs.map((pair) => ({ date, machine: machine.class, node: machine.node, ...pair }))
  writeNoise(project.reports, entries, say)
}
