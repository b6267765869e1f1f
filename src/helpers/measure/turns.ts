import { type Random, shuffled } from '../statistics/random.ts'
import type { ArmBuffers, ArmTimes, Extent, Job } from './job.ts'
import { merged } from './pair.ts'
import type { ArmTotals, TurnsReplicate } from './result.ts'
import { type AloneArm, armsAlone, finishAlone, type SliceEffort, takeTurns } from './slices.ts'

/** How much of arms in turns is measured. */
export interface TurnsEffort extends SliceEffort {
  /** Whether bytes and times are summed as well, after the slices; without them `totals` is empty. Default true. */
  readonly sums?: boolean
}

/** The totals are taken in so many turns, so that a slow moment of the machine does not fall on one arm alone. */
const sumTurns = 4

/** As many segments in all as the totals of a pair have. */
const segmentsPerTurn = 3

/**
 * Measures the first arm of a job against its second where they cannot share a process: state of the whole process,
 * patched built-ins, two Node versions. As evidence it is what {@link measureSolo} is as a check, with what the arms
 * cost in all and what the target counted.
 *
 * @throws {InvalidWorkError} when the work was not the work.
 * @throws {UsageError} when an arm's client, library or Node cannot be used.
 */
export async function measureTurns(
  job: Omit<Job, 'warmUp'>,
  effort: TurnsEffort,
  signal: AbortSignal,
): Promise<TurnsReplicate> {
  await using alone = await armsAlone(job, effort, signal)
  const { both, random } = alone
  await takeTurns(both, effort, random)
  const totals = effort.sums === false ? [] : await sumsInTurns(both, random)
  const counts = await finishAlone(both)
  return {
    seed: job.seed,
    arms: both.map(({ name, slices }) => ({ arm: name, slices })),
    totals,
    counts,
  }
}

async function sumsInTurns(both: readonly AloneArm[], random: Random): Promise<readonly ArmTotals[]> {
  // Before collections are forced, as in a pair.
  const allocation = await equally(both, random, ({ measuring }, requests) => measuring.allocation(requests))
  const buffers: ArmBuffers[] = []
  for (const { measuring } of both) buffers.push(...(await measuring.buffers()))
  const times: ArmTimes[] = []
  for (let turn = 0; turn < sumTurns; turn++) {
    const segments = segmentsPerTurn
    times.push(
      ...(await equally(both, random, ({ measuring }, requests) => measuring.totals({ segments, ...requests }))),
    )
  }
  const summed = both.map(({ name }) => summedTimes(times.filter(({ arm }) => arm === name)))
  return merged(summed, allocation, buffers)
}

/** Has the arms make one sum each, in random order; whoever is second makes as many requests as the first. */
async function equally<Sum extends { readonly requests: number }>(
  both: readonly AloneArm[],
  random: Random,
  sum: (arm: AloneArm, requests: Extent) => Promise<readonly Sum[]>,
): Promise<readonly Sum[]> {
  const sums: Sum[] = []
  for (const arm of shuffled(both, random)) {
    const [first] = sums
    sums.push(...(await sum(arm, first === undefined ? {} : { requests: first.requests })))
  }
  return sums
}

/** The totals of several turns of one arm, at least one, as those of one: the mean over all their requests. */
export function summedTimes(turns: readonly ArmTimes[]): ArmTimes {
  const [first] = turns
  if (first === undefined) throw new RangeError('totals of no turn have no sum')
  const requests = turns.reduce((sum, turn) => sum + turn.requests, 0)
  const mean = (of: (turn: ArmTimes) => number) =>
    turns.reduce((sum, turn) => sum + of(turn) * turn.requests, 0) / requests
  return {
    arm: first.arm,
    requests,
    clientCpuUsPerRequest: mean((turn) => turn.clientCpuUsPerRequest),
    wallUsPerRequest: mean((turn) => turn.wallUsPerRequest),
  }
}
