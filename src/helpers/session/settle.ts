import type { Looks } from '../budgets/decision.ts'
import { restsOnScatter, type Verdict } from '../budgets/verdict.ts'
import { replicatesOf } from '../measure/measurement.ts'
import type { Evidence, Measurement } from '../measure/result.ts'
import { cutTo, type Replicates } from './cut.ts'
import type { Measured } from './measured.ts'
import type { ReplicateMs } from './pace.ts'

/** What settling needs beside the measurement. */
export interface Settling {
  /** After how many replicates of each kind of evidence budgets are looked at. */
  readonly looks: Readonly<Record<Evidence, Looks>>
  /**
   * Called before a value that scatters is called regressed; then it is judged again, by what is known about the noise of
   * the run since. Default: nothing.
   */
  readonly beforeRed?: () => Promise<void>
  /**
   * Asked before more is measured, with the verdicts as they are. A reason, in words, ends it: what is open stays
   * inconclusive. Default: nothing does.
   */
  readonly enough?: (verdicts: readonly Verdict[]) => string | undefined
}

/** A budget on its way to its verdict. */
interface Course {
  /** How many replicates it has looked at. */
  seen: Replicates
  /** As of that look; undefined before the first. */
  verdict?: Verdict
}

/**
 * Judges the budgets of a measurement, and has it given more evidence for as long as one is open and there is any to be had.
 * Each is taken through its own looks, and on no more replicates than those, however many its neighbours have asked for:
 * what is closed stays closed, and would be the same if it had been stated alone.
 *
 * @param judge The verdicts on a measurement as far as it has come: about the same budgets in the same order each time.
 * @returns Verdicts none of which is open, in that order.
 */
export async function settle(
  measured: Measured,
  judge: (measurement: Measurement) => readonly Verdict[],
  { looks, beforeRed = async () => {}, enough = () => undefined }: Settling,
): Promise<readonly Verdict[]> {
  const first: Replicates = {
    pair: looks.pair[0] ?? 0,
    load: looks.load[0] ?? 0,
    retention: looks.retention[0] ?? 0,
    solo: looks.solo[0] ?? 0,
  }
  const courses = judge(cutTo(measured.measurement, first)).map((): Course => ({ seen: first }))
  for (;;) {
    for (const [index, course] of courses.entries()) {
      if (course.verdict === undefined || course.verdict.openTo) await follow(index, course)
    }
    const wanted = new Set(courses.flatMap(({ verdict }) => verdict?.openTo?.evidence ?? []))
    const verdicts = courses.flatMap(({ verdict }) => verdict ?? [])
    const reason = wanted.size > 0 ? enough(verdicts) : undefined
    if (reason !== undefined) return verdicts.map((verdict) => ended(verdict, { reason }))
    const more = wanted.size > 0 ? await measured.more([...wanted]) : undefined
    if (more?.state === 'measured') continue
    return more === undefined ? verdicts : verdicts.map((verdict) => ended(verdict, more))
  }

  /** Takes a budget through its looks as far as there are replicates. */
  async function follow(index: number, course: Course): Promise<void> {
    const judged = (): Verdict | undefined => judge(cutTo(measured.measurement, course.seen))[index]
    for (;;) {
      let verdict = judged()
      if (verdict?.state === 'regressed' && restsOnScatter(verdict)) {
        await beforeRed()
        verdict = judged()
      }
      if (verdict !== undefined) course.verdict = verdict
      const kind = verdict?.openTo?.evidence
      const { measurement } = measured
      if (kind === undefined || measurement.state === 'invalid') return
      const { [kind]: seen } = course.seen
      if (replicatesOf(measurement, kind) <= seen) return
      const next = looks[kind].find((look) => look > seen) ?? Number.POSITIVE_INFINITY
      course.seen = { ...course.seen, [kind]: next }
    }
  }
}

function ended({ openTo, ...verdict }: Verdict, { reason, replicateMs }: Ended): Verdict {
  if (openTo === undefined) return verdict
  const alone = openTo.evidence === 'solo' ? ' of the arms alone' : ''
  const replicates = `${openTo.replicates} replicate${openTo.replicates === 1 ? '' : 's'}${alone}`
  const more = replicateMs === undefined ? '' : whatItWouldTake(openTo, replicateMs)
  return { ...verdict, reason: `${verdict.reason}; ${reason}, with ${replicates}${more}` }
}

type Ended = { readonly reason: string; readonly replicateMs?: ReplicateMs }

/** Said only where time was lacking: where all looks were taken, more of it would change nothing. */
function whatItWouldTake({ evidence, missing }: NonNullable<Verdict['openTo']>, replicateMs: ReplicateMs): string {
  if (!Number.isFinite(missing)) return ''
  const { [evidence]: each } = replicateMs
  const time = each === undefined ? '' : `, ${Math.ceil((missing * each) / 1e3)} s,`
  return `; about ${missing} more${time} would decide it`
}
