import { tunedFor } from '../budgets/budget-file.ts'
import { type MeasurementPlan, measureFirst, measureMore, nextLook, replicatesOf } from '../measure/measurement.ts'
import { sleep } from '../measure/real-time.ts'
import type { CompletedMeasurement, Evidence, Measurement } from '../measure/result.ts'
import { CapReachedError } from './cap-reached-error.ts'
import { gapMs } from './gap.ts'
import { inTurn, remainingMs } from './in-turn.ts'
import { measureNull } from './measure-null.ts'
import { GrowingMeasurement, type Measured, type More } from './measured.ts'
import { Pace } from './pace.ts'
import type { Session } from './session.ts'

/**
 * Measures the first look of a plan, in its turn and under the machine's lock; what it resolves to measures the others
 * when it is asked to.
 *
 * @throws {CapReachedError} when the time of the run is over before the first look has begun.
 * @throws The reason of the plan's signal, when that was given.
 */
export async function measureInTurns(session: Session, plan: MeasurementPlan): Promise<Measured> {
  const { client, scenario, signal } = plan
  const pace = new Pace()
  /** When the first look at each kind of evidence was over, in milliseconds since the epoch. */
  const firstAtMs = new Map<Evidence, number>()

  /** Measures more of some kinds, one after the other, so that it is known what each takes. */
  const measureKinds = async (soFar: Measurement, kinds: readonly Evidence[]): Promise<Measurement> => {
    let measurement = soFar
    for (const kind of kinds) {
      if (measurement.state === 'invalid') break
      const grown = await measureMore(plan, measurement, [kind])
      pace.note(kind, measurement, grown)
      measurement = grown
    }
    // Whoever asked for it has ended meanwhile, and it is not for whoever came next.
    signal.throwIfAborted()
    for (const kind of kinds) if (!firstAtMs.has(kind)) firstAtMs.set(kind, session.nowMs())
    session.nullHistory.add(measurement, tunedFor(session.budgets, client.name, scenario.name))
    session.onMeasurement(measurement)
    return measurement
  }

  const first = await inTurn(session, plan, 0, async () => {
    session.onStart(client.name, scenario.name)
    const empty = await measureFirst({ ...plan, first: [] })
    const isMissing = (kind: Evidence): boolean => empty.state === 'completed' && isFresh(plan, empty, kind)
    return await measureKinds(empty, plan.first.filter(isMissing))
  })
  if (first === undefined) throw new CapReachedError(client.name, scenario.name, session.capSeconds)

  const more = async (soFar: Measurement, evidence: readonly Evidence[]): Promise<Measurement | More> => {
    if (soFar.state === 'invalid') return { state: 'ended', reason: 'the measurement is invalid' }
    const possible = evidence.filter((kind) => nextLook(plan, soFar, kind) !== undefined)
    if (possible.length === 0) return { state: 'ended', reason: 'all looks were taken' }
    // What has not been looked at yet has no bad moment to get away from.
    const fresh = possible.filter((kind) => isFresh(plan, soFar, kind))
    const kinds = fresh.length > 0 ? fresh : possible
    const pauses = kinds.map((kind) => {
      const sinceFirstMs = session.nowMs() - (firstAtMs.get(kind) ?? session.nowMs())
      const looksLeft = plan.effort[kind].looks.filter((look) => look > replicatesOf(soFar, kind)).length
      return gapMs({ looksLeft, sinceFirstMs, remainingMs: remainingMs(session) }, session.spreadMs)
    })
    // What is thrown is the signal's own reason, and not that the sleep was aborted.
    if (fresh.length === 0) await sleep(Math.max(...pauses), undefined, { signal }).catch(() => {})
    signal.throwIfAborted()
    const measurement = await inTurn(session, plan, fresh.length > 0 ? 0 : 1, () => {
      session.onStart(client.name, scenario.name)
      return measureKinds(soFar, kinds)
    })
    const { replicateMs } = pace
    return measurement ?? { state: 'ended', reason: capReached(session), replicateMs }
  }
  return new GrowingMeasurement(first, more, () => measureNull(session, plan))
}

/** Whether a plan has a kind of evidence, and none of it was measured yet. */
function isFresh(plan: MeasurementPlan, soFar: CompletedMeasurement, kind: Evidence): boolean {
  return replicatesOf(soFar, kind) === 0 && nextLook(plan, soFar, kind) !== undefined
}

function capReached({ capSeconds }: Session): string {
  return `the cap of ${capSeconds} s for the run was reached`
}
