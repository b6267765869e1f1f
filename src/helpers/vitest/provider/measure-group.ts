import type { BenchRegistrationInput } from 'vitest'
import { type Random, shuffled } from '../../statistics/random.ts'
import { type BenchArm, type BenchClock, benchArm, taskNamed } from './bench-arm.ts'
import type { BenchPlan, Phase } from './plan.ts'

/** What one process measured of a group: as many batches of each arm, those of a block at the same place. */
export interface MeasuredGroup {
  readonly arms: readonly MeasuredArm[]
}

export interface MeasuredArm {
  readonly name: string
  /** Calls in each batch. */
  readonly calls: number
  /** Time of each batch, in milliseconds. */
  readonly batchMs: readonly number[]
}

/** A batch takes about so long: shorter than the bursts in which machines stall, and long beside a look at the clock. */
const batchMs = 0.5

/** No arm's batches are shorter than this, however slow the others are. */
const leastBatchMs = 0.1

/** Beyond it a call takes no time that a clock could tell. */
const mostCalls = 2 ** 24

interface Meters {
  readonly clock: BenchClock
  readonly random: Random
  /** Which part of time and iterations this process has, from 0 to 1. */
  readonly share: number
  readonly signal: AbortSignal
}

/**
 * Measures a group in this process: blocks of one batch of every arm, in random order (DESIGN section 3.3). `setup` and
 * `beforeAll` of all arms come before the first block of a phase, `afterAll` and `teardown` of all after its last, because the
 * arms are at work at the same time.
 *
 * Rejects with what a benchmark or hook throws, or with the signal's reason.
 */
export async function measureGroup(
  registrations: readonly BenchRegistrationInput[],
  plan: BenchPlan,
  meters: Meters,
): Promise<MeasuredGroup> {
  const arms = registrations.map((registration) => benchArm(registration, meters.clock))
  const signals = [plan.signal, ...registrations.map(({ fnOpts }) => fnOpts?.signal)].filter(
    (each) => each !== undefined,
  )
  const signal = AbortSignal.any([meters.signal, ...signals])
  const within = { ...meters, signal }
  if (plan.warmUp !== undefined) await inPhase('warmup', arms, plan, () => warmUp(arms, plan.warmUp, within))
  return await inPhase('run', arms, plan, async () => {
    const calls = await batchSizes(arms, signal)
    return await blocks(arms, calls, plan, within)
  })
}

/** Calls every benchmark once, with all of its hooks: what fails does so in the test, and with its own stack. */
export async function tryGroup(
  registrations: readonly BenchRegistrationInput[],
  plan: BenchPlan,
  clock: BenchClock,
): Promise<void> {
  const arms = registrations.map((registration) => benchArm(registration, clock))
  await inPhase('warmup', arms, plan, async () => {
    for (const arm of arms) await arm.batch(1, 'warmup')
  })
}

async function inPhase<Result>(
  phase: Phase,
  arms: readonly BenchArm[],
  { setup, teardown }: BenchPlan,
  work: () => Promise<Result>,
): Promise<Result> {
  const begun: BenchArm[] = []
  try {
    for (const arm of arms) {
      begun.push(arm)
      await setup?.(taskNamed(arm.name), phase)
      await arm.before(phase)
    }
    return await work()
  } finally {
    for (const arm of begun) {
      await arm.after(phase)
      await teardown?.(taskNamed(arm.name), phase)
    }
  }
}

/** In batches that grow as the measured ones will be, because a loop is compiled as well. */
async function warmUp(
  arms: readonly BenchArm[],
  { timeMs, iterations }: NonNullable<BenchPlan['warmUp']> = { timeMs: 0, iterations: 0 },
  { clock, random, signal }: Meters,
): Promise<void> {
  const calls = new Map(arms.map((arm) => [arm, 1]))
  const made = new Map(arms.map((arm) => [arm, 0]))
  const end = clock.now() + timeMs * arms.length
  while (clock.now() < end || [...made.values()].some((each) => each < iterations)) {
    for (const arm of shuffled(arms, random)) {
      signal.throwIfAborted()
      const size = callByCall(arms) ? 1 : (calls.get(arm) ?? 1)
      const durationMs = await arm.batch(size, 'warmup')
      made.set(arm, (made.get(arm) ?? 0) + size)
      if (durationMs < batchMs / 2 && size < mostCalls) calls.set(arm, size * 2)
    }
  }
}

/**
 * Whether the arms are timed call by call: all of them, once one has to be. Looks at the clock and what comes between calls
 * would else be in the time of some arms and not of the others.
 */
function callByCall(arms: readonly BenchArm[]): boolean {
  return arms.some(({ single }) => single)
}

/** Calls of a batch of each arm: as many for all, unless that leaves one without a time to speak of. */
async function batchSizes(arms: readonly BenchArm[], signal: AbortSignal): Promise<ReadonlyMap<BenchArm, number>> {
  const callMs = new Map<BenchArm, number>()
  for (const arm of arms) callMs.set(arm, await timeOfCall(arm, signal))
  // Only now, because a call tells no earlier that it says its own duration.
  if (callByCall(arms)) return new Map(arms.map((arm) => [arm, 1]))
  const slowest = Math.max(...callMs.values())
  const common = Math.min(mostCalls, Math.max(1, Math.round(batchMs / slowest)))
  return new Map(
    [...callMs].map(([arm, ms]) => {
      return [arm, common * ms >= leastBatchMs ? common : Math.min(mostCalls, Math.ceil(leastBatchMs / ms))]
    }),
  )
}

/** Of the fastest of three batches that are long enough, because a stall makes any one of them long. */
async function timeOfCall(arm: BenchArm, signal: AbortSignal): Promise<number> {
  for (let calls = 1; ; calls *= 2) {
    signal.throwIfAborted()
    let fastest = await arm.batch(calls, 'run')
    for (let more = 0; more < 2 && fastest < batchMs * 4; more++) {
      fastest = Math.min(fastest, await arm.batch(calls, 'run'))
    }
    if (fastest >= batchMs / 2 || arm.single || calls >= mostCalls) return Math.max(fastest / calls, Number.MIN_VALUE)
  }
}

async function blocks(
  arms: readonly BenchArm[],
  calls: ReadonlyMap<BenchArm, number>,
  { timeMs, iterations }: BenchPlan,
  { clock, random, share, signal }: Meters,
): Promise<MeasuredGroup> {
  const callsOf = (arm: BenchArm): number => calls.get(arm) ?? 1
  const measured = new Map<BenchArm, number[]>(arms.map((arm) => [arm, []]))
  const fewest = Math.min(...arms.map(callsOf))
  const end = clock.now() + timeMs * share * arms.length
  for (let made = 0; made === 0 || made < iterations * share || clock.now() < end; made += fewest) {
    for (const arm of shuffled(arms, random)) {
      signal.throwIfAborted()
      measured.get(arm)?.push(await arm.batch(callsOf(arm), 'run'))
    }
  }
  return { arms: arms.map((arm) => ({ name: arm.name, calls: callsOf(arm), batchMs: measured.get(arm) ?? [] })) }
}
