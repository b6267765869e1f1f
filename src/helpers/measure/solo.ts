import { randomFrom, seedFrom, shuffled } from '../statistics/random.ts'
import { median } from '../statistics/summary.ts'
import { allOf } from './all-of.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { Job } from './job.ts'
import { MeasuringProcess } from './measuring-process.ts'
import type { SoloReplicate } from './result.ts'

/** How long and how often each arm is measured by itself. */
export interface SoloEffort {
  /** For each of the arms that warm up at the same time and share the cores meanwhile. */
  readonly warmUpMs: number
  /** Short, so that a stall of the machine wrecks few of them; long enough for many batches. */
  readonly sliceMs: number
  /** Of each arm. */
  readonly slices: number
}

/** Batch times of one arm in microseconds, slice by slice. */
type Slices = readonly (readonly number[])[]

/**
 * Measures the two arms of a job in processes of their own, which are alive together and take turns in short slices, never
 * one after the other: in one isolate a change can slow its reference, too, and cancel out (DESIGN 3.8).
 *
 * @param job Current first, then reference.
 * @throws {InvalidWorkError} when the work was not the work.
 */
export async function measureSolo(
  job: Omit<Job, 'warmUp'>,
  effort: SoloEffort,
  signal: AbortSignal,
): Promise<SoloReplicate> {
  const random = randomFrom(job.seed)
  await using processes = new AsyncDisposableStack()
  const warmUp = { by: 'batches', durationMs: effort.warmUpMs * job.arms.length } as const
  const running = await allOf(
    job.arms.map(async (arm) => {
      const own: Job = { ...job, seed: seedFrom(random), arms: [arm], warmUp }
      return { measuring: processes.use(await MeasuringProcess.prepare(own, signal)), slices: [] as number[][] }
    }),
  )
  for (let slice = 0; slice < effort.slices; slice++) {
    for (const { measuring, slices } of shuffled(running, random)) {
      const [batches] = (await measuring.blocks(effort.sliceMs)).arms
      slices.push([...(batches?.batchUs ?? [])])
    }
  }
  for (const { measuring } of running) await measuring.finish()
  const [current, reference] = running
  if (current === undefined || reference === undefined) {
    throw new InvalidWorkError(`arms alone are two, not ${running.length}`)
  }
  return { seed: job.seed, logRatio: soloLogRatio(current.slices, reference.slices) }
}

/**
 * Estimates ln(throughput current / reference) from slices in turns: the median batch of each slice, the log-ratio of each
 * pair of adjacent slices, and the median of these. Both medians leave out what the machine wrecked, batches first, then
 * whole slices.
 */
export function soloLogRatio(current: Slices, reference: Slices): number {
  if (current.length !== reference.length) throw new RangeError('solo arms need as many slices each')
  return median(current.map((slice, index) => Math.log(median(reference[index] ?? []) / median(slice))))
}
