import { AsyncDisposables } from '../disposables.ts'
import { type Random, randomFrom, seedFrom, shuffled } from '../statistics/random.ts'
import { median } from '../statistics/summary.ts'
import { allOf } from './all-of.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { ArmCounts, Job } from './job.ts'
import { MeasuringProcess } from './measuring-process.ts'

/** How long and how often each arm is measured by itself. */
export interface SliceEffort {
  /** For each of the arms that warm up at the same time and share the cores meanwhile. */
  readonly warmUpMs: number
  /** Short, so that a stall of the machine wrecks few of them; long enough for many batches. */
  readonly sliceMs: number
  /** Of each arm. */
  readonly slices: number
}

/** Batch times of one arm in microseconds, slice by slice. */
type Slices = readonly (readonly number[])[]

/** One arm in a process of its own. */
export interface AloneArm {
  readonly name: string
  readonly measuring: MeasuringProcess
  /** Grows with every turn. */
  readonly slices: number[][]
}

/** Two arms in processes that are alive together; disposal ends both. */
interface ArmsAlone extends AsyncDisposable {
  /** In the order of the job. */
  readonly both: readonly [AloneArm, AloneArm]
  readonly random: Random
}

/**
 * Opens, checks and warms up the two arms of a job in processes of their own, which are alive together.
 *
 * @throws {InvalidWorkError} when the work was not the work, or the arms are not two.
 */
export async function armsAlone(
  job: Omit<Job, 'warmUp'>,
  { warmUpMs }: Pick<SliceEffort, 'warmUpMs'>,
  signal: AbortSignal,
): Promise<ArmsAlone> {
  if (job.arms.length !== 2) throw new InvalidWorkError(`arms alone are two, not ${job.arms.length}`)
  const random = randomFrom(job.seed)
  await using starting = new AsyncDisposables()
  const warmUp = { by: 'batches', durationMs: warmUpMs * job.arms.length } as const
  const started = await allOf(
    job.arms.map(async (arm): Promise<AloneArm> => {
      const own: Job = { ...job, seed: seedFrom(random), arms: [arm], warmUp }
      return { name: arm.name, measuring: starting.use(await MeasuringProcess.prepare(own, signal)), slices: [] }
    }),
  )
  const processes = starting.move()
  const both = started as [AloneArm, AloneArm]
  return { both, random, [Symbol.asyncDispose]: () => processes[Symbol.asyncDispose]() }
}

/** Has the arms take turns in short slices, in random order, never one after the other. */
export async function takeTurns(
  both: readonly AloneArm[],
  { slices, sliceMs }: Pick<SliceEffort, 'slices' | 'sliceMs'>,
  random: Random,
): Promise<void> {
  for (let slice = 0; slice < slices; slice++) {
    for (const arm of shuffled(both, random)) {
      const [batches] = (await arm.measuring.blocks(sliceMs)).arms
      arm.slices.push([...(batches?.batchUs ?? [])])
    }
  }
}

/** Closes both arms; their counts agree with what was asked for. */
export async function finishAlone(both: readonly AloneArm[]): Promise<readonly ArmCounts[]> {
  const counts: ArmCounts[] = []
  for (const { measuring } of both) counts.push(...(await measuring.finish()))
  return counts
}

/** ln(throughput current / reference) in each pair of adjacent slices, by the median batch of each. */
export function sliceLogRatios(current: Slices, reference: Slices): readonly number[] {
  if (current.length !== reference.length) throw new RangeError('solo arms need as many slices each')
  return current.map((slice, index) => Math.log(median(reference[index] ?? []) / median(slice)))
}

/**
 * Estimates ln(throughput current / reference) from slices in turns: the median batch of each slice, the log-ratio of each
 * pair of adjacent slices, and the median of these. Both medians leave out what the machine wrecked, batches first, then
 * whole slices.
 */
export function soloLogRatio(current: Slices, reference: Slices): number {
  return median(sliceLogRatios(current, reference))
}
