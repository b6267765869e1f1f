import type { Verdict } from '../budgets/verdict.ts'
import type { Measurement } from '../measure/result.ts'
import type { Measured } from './measured.ts'

/**
 * Judges a measurement, and has it given more evidence for as long as a verdict is open and there is any to be had.
 *
 * @param judge Pure: the verdicts on the measurement as far as it has come.
 * @returns Verdicts none of which is open.
 */
export async function settle(
  measured: Measured,
  judge: (measurement: Measurement) => readonly Verdict[],
): Promise<readonly Verdict[]> {
  for (;;) {
    const verdicts = judge(measured.measurement)
    const wanted = new Set(verdicts.flatMap(({ openTo }) => openTo?.evidence ?? []))
    if (wanted.size === 0) return verdicts
    const more = await measured.more([...wanted])
    if (more.state === 'ended') return verdicts.map((verdict) => ended(verdict, more.reason, measured.measurement))
  }
}

function ended({ openTo, ...verdict }: Verdict, why: string, measurement: Measurement): Verdict {
  if (openTo === undefined) return verdict
  const replicates = `${openTo.replicates} replicate${openTo.replicates === 1 ? '' : 's'}`
  return { ...verdict, reason: `${verdict.reason}; ${why}, with ${replicates}${whatItWouldTake(openTo, measurement)}` }
}

function whatItWouldTake({ missing }: NonNullable<Verdict['openTo']>, measurement: Measurement): string {
  if (!Number.isFinite(missing)) return ''
  const seconds = Math.ceil((missing * replicateMs(measurement)) / 1e3)
  return `; about ${missing} more, ${seconds} s, would decide it`
}

/** What a replicate of this measurement took on average, whatever it measured. */
function replicateMs(measurement: Measurement): number {
  if (measurement.state === 'invalid') return 0
  const { pair, load, durationMs } = measurement
  const paired = pair.state === 'measured' ? pair.replicates.length + pair.retention.length + pair.solo.length : 0
  return durationMs / Math.max(1, paired + load.length)
}
