import { allocatedBy } from '../../helpers/budgets/allocation.ts'
import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { Measurement } from '../../helpers/measure/result.ts'
import { measureInTurns } from '../../helpers/session/looks.ts'
import { type Session, withEffort } from '../../helpers/session/session.ts'
import { mean } from '../../helpers/statistics/summary.ts'
import { budgetsFor } from '../compare/budgets-for.ts'
import { throughputOf } from '../compare/outcome.ts'
import { type MeasureLooks, planOf } from '../compare/plan.ts'
import type { Openers, Sides } from '../compare/side.ts'
import type { ComparedSubject } from '../compare/subjects.ts'
import { type Cut, cutBy, cutExitCode, unfinished } from './cut.ts'
import type { HistoryPoint } from './history-chart.ts'
import { isOfVersion, openVersions } from './measure-step.ts'

interface HistoryQuestion {
  readonly session: Session
  readonly subject: ComparedSubject
  readonly library: string
  readonly openers: Openers
  readonly signal: AbortSignal
  /** Told after every version. */
  readonly onHistory?: (history: History) => void
}

/** What versions were like. */
export interface History {
  /** All of them, in order. */
  readonly points: readonly HistoryPoint[]
  /** Why the rest was not measured; absent where all were tried. */
  readonly cut?: Cut
}

/**
 * Measures every version against the newest, the last one, with the evidence of a first look; the newest against itself.
 * A version that the client does not run on, that cannot be loaded, or that there was no time for has no figures, but a
 * reason.
 *
 * @throws the errors of npm.
 */
export async function historyOf(
  versions: readonly string[],
  { session, subject, library, openers, signal, onHistory = () => {} }: HistoryQuestion,
  measureLooks: MeasureLooks = measureInTurns,
): Promise<History> {
  const newest = versions.at(-1) ?? ''
  const points: HistoryPoint[] = []
  for (const version of versions) {
    try {
      const point = { version, ...(await figuresOrReason(version)) }
      points.push(point)
      session.say(point.reason === undefined ? `${version} is measured` : `${version} is not measured: ${point.reason}`)
      onHistory(cutAt(unfinished))
    } catch (error) {
      const cut = cutBy(error, signal)
      if (cut === undefined) throw error
      return cutAt(cut)
    }
  }
  return { points }

  function cutAt(cut: Cut): History {
    const rest = versions.slice(points.length).map((version) => ({ version, reason: cut.reason }))
    return { points: [...points, ...rest], cut }
  }

  async function figuresOrReason(version: string): Promise<Omit<HistoryPoint, 'version'>> {
    try {
      return await figures(await openVersions(library, { against: newest, version }, openers))
    } catch (error) {
      if (!isOfVersion(error)) throw error
      return { reason: error.message }
    }
  }

  async function figures(sides: Sides): Promise<Omit<HistoryPoint, 'version'>> {
    const { plan, way } = await planOf({ session, sides, subject, signal })
    const { judging } = budgetsFor(subject, 'finest', way, session.judging)
    const own = withEffort({ ...session, judging }, session.effort)
    const measured = await measureLooks(own, plan).catch((error: unknown) => {
      // A published version that was installed whole and cannot be loaded.
      if (error instanceof UsageError) return error
      throw error
    })
    if (measured instanceof UsageError) return { reason: measured.message }
    const { measurement } = measured
    if (measurement.state === 'invalid') return { reason: measurement.reason }
    const throughput = throughputOf(measurement, judging)
    const bytes = allocatedIn(measurement)
    return {
      ...(throughput === undefined ? { reason: 'its throughput cannot be told' } : { throughput }),
      ...(bytes === undefined ? {} : { allocatedBytes: bytes }),
    }
  }
}

/** A history says what was; it has no verdict but that some of it is missing. */
export function historyExitCode({ points, cut }: History): number {
  if (cut !== undefined) return cutExitCode(cut)
  return points.every(({ throughput }) => throughput !== undefined) ? exitCodes.pass : exitCodes.inconclusive
}

/** Bytes that the version allocates per request, the mean of its replicates. */
function allocatedIn(measurement: Measurement): number | undefined {
  if (measurement.state === 'invalid' || measurement.pair.state !== 'measured') return undefined
  const bytes = measurement.pair.replicates.flatMap((replicate) => allocatedBy(replicate)?.current ?? [])
  return bytes.length === 0 ? undefined : mean(bytes)
}
