import { mapInterval } from '../../helpers/statistics/interval.ts'
import type { Random } from '../../helpers/statistics/random.ts'
import type { Candidates } from './candidates.ts'
import type { Question, Step } from './step.ts'

/** For tests only: so many versions, 1.0.0, 1.1.0 … */
export function versionsOf(count: number): string[] {
  return Array.from({ length: count }, (_, place) => `1.${place}.0`)
}

export function candidatesFrom(versions: readonly string[]): Candidates {
  return { versions, leftOut: { prereleases: 0, deprecated: 0 } }
}

/** For tests only: what tolerates 1.5 % says about a measured log-ratio, as the verdict does. */
export function stepOf(logRatio: number, standardError: number): Step {
  const reach = 1.959964 * standardError
  const log = { estimate: logRatio, low: logRatio - reach, high: logRatio + reach, level: 0.95 }
  const throughput = mapInterval(log, Math.exp)
  if (throughput.high < 0.985) return { state: 'regressed', throughput, reason: 'beyond what is tolerated' }
  if (throughput.low > 0.95) return { state: 'pass', throughput, reason: 'within what is tolerated' }
  return { state: 'inconclusive', throughput, reason: 'the interval is too wide' }
}

/** For tests only: measures a history of log speeds, with scatter that more patience makes smaller. */
export function measuring(speeds: ReadonlyMap<string, number>, scatter: number, random: Random) {
  const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6)
  return async ({ version, against, patience }: Question): Promise<Step> => {
    const [speed, other] = [speeds.get(version), speeds.get(against)]
    if (speed === undefined || other === undefined)
      return { state: 'not measurable', reason: `${version} crashed on import` }
    const standardError = Math.max(1e-6, scatter / Math.sqrt(patience))
    return stepOf(speed - other + (scatter === 0 ? 0 : standardError * normal()), standardError)
  }
}
