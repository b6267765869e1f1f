import { pairedLogRatios } from '../../src/helpers/statistics/paired.ts'
import { median } from '../../src/helpers/statistics/summary.ts'
import type { OpenedArms } from './arms.ts'
import { type Estimate, type Setting, saysSlower } from './setting.ts'

/**
 * wiregauge's blocks: one replicate, as its gate measures three or more of before it decides. An alarm is therefore not the
 * gate's verdict, which takes more than one process, and the peers get only one: it is the same limit on the estimate as
 * for every method without a verdict.
 */
export async function measureByWiregauge({ durationMs }: Setting, arms: OpenedArms): Promise<readonly Estimate[]> {
  const [current, reference] = (await arms.blocks(durationMs)).arms
  const logRatio = median(pairedLogRatios(current?.batchUs ?? [], reference?.batchUs ?? []))
  return [{ row: 'wiregauge', logRatio, alarm: saysSlower(logRatio) }]
}
