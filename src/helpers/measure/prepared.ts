import v8 from 'node:v8'
import { randomFrom } from '../statistics/random.ts'
import { loopbackTls } from '../targets/loopback-tls.ts'
import { startTarget } from '../targets/target.ts'
import { measureAllocation } from './allocation.ts'
import type { Progress } from './arm.ts'
import { closeArms, headersOf, openArms } from './arms.ts'
import { measureBlocks } from './blocks.ts'
import { measureBuffers } from './buffers.ts'
import { type AllocatedBytes, systemClock } from './clock.ts'
import { mostListeners } from './emitters.ts'
import { watchForHang } from './hang.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type {
  ArmAllocation,
  ArmBuffers,
  ArmCounts,
  ArmHeaders,
  ArmProfile,
  ArmRetention,
  ArmTimes,
  Blocks,
  Extent,
  Job,
  OwnRetention,
  ProfileKind,
  Turn,
  Window,
} from './job.ts'
import { collectedMemory, collector } from './memory.ts'
import { measureOwnRetention } from './own-retention.ts'
import { profileArm } from './profile.ts'
import { reopen } from './reopen.ts'
import { measureRetained } from './retained.ts'
import { watchSockets } from './sockets.ts'
import { threadCpuMs } from './thread-cpu.ts'
import { measureTotals } from './totals.ts'
import { measureTurn } from './turn.ts'

/** What can be measured once the arms are open, checked and warm. */
export interface Prepared {
  blocks(durationMs: number): Promise<Blocks>
  window(turn: Turn): Promise<Window>
  allocation(extent?: Extent): Promise<readonly ArmAllocation[]>
  buffers(): Promise<readonly ArmBuffers[]>
  totals(extent?: Extent): Promise<readonly ArmTimes[]>
  retention(): Promise<readonly ArmRetention[]>
  ownRetention(): Promise<OwnRetention>
  headers(): Promise<readonly ArmHeaders[]>
  profile(asked: { kind: ProfileKind; arm: string; requests: number }): Promise<ArmProfile>
  /** Closes everything. */
  finish(): Promise<readonly ArmCounts[]>
}

const heapCounter = (): number | undefined => v8.getHeapStatistics().total_allocated_bytes
const allocatedBytes: AllocatedBytes = heapCounter() === undefined ? undefined : () => heapCounter() ?? 0

/** The counters and clocks of this process. */
const own = {
  clock: systemClock,
  allocatedBytes,
  heldBufferBytes: () => process.memoryUsage().arrayBuffers,
  collectedMemory,
  collector,
  processCpuMs: () => sum(process.cpuUsage()) / 1e3,
  threadCpuMs,
}

/**
 * Opens, checks and warms up the arms of a job in this process.
 *
 * @param onHang Told when an arm hangs or the target fails, from now until everything is finished.
 * @throws {InvalidWorkError} when an answer is wrong.
 * @throws {UsageError} when the client or its library cannot be loaded.
 */
export async function prepare(job: Job, progress: Progress, onHang: (reason: string) => void): Promise<Prepared> {
  const random = randomFrom(job.seed)
  const tls = job.scenario.secure ? { tls: loopbackTls() } : {}
  const source = job.scenario.target
  progress.phase = 'start of the target'
  const watching = watchForHang(progress, job.requestTimeoutMs, systemClock, onHang)
  const target = await startTarget({ ports: job.arms.length, endWithParent: true, ...tls, ...(source && { source }) })
  progress.beats++
  // Else a client would be told of that it only notices.
  target.failed.catch((error: Error) => onHang(error.message))
  const sockets = job.watchesSockets ? watchSockets() : undefined
  const arms = await openArms(job, target, random, progress)

  const meters = { ...own, random, progress, target: () => target.snapshot() }
  const onlyArm = () => {
    const [arm] = arms
    if (arm === undefined) throw new InvalidWorkError('there is no arm to measure')
    return arm
  }
  const prepared: Prepared = {
    blocks: (durationMs) => measureBlocks(arms, job.scenario, durationMs, meters),
    window: async (turn) => measureTurn(onlyArm(), job.scenario, turn, meters),
    allocation: async (extent) => {
      const { load } = job.scenario
      // A sweep leaves the mock as its last point made it, which was drawn.
      if (load?.kind === 'sweep' && load.over === 'handlers') for (const arm of arms) await reopen(arm)
      return await measureAllocation(arms, job.scenario, meters, extent)
    },
    buffers: () => measureBuffers(arms, meters),
    totals: (extent) => measureTotals(arms, job.scenario, meters, extent),
    retention: () => {
      if (sockets === undefined) throw new InvalidWorkError('the job does not say that sockets are watched')
      return measureRetained(arms, job.scenario, { ...meters, ...sockets })
    },
    ownRetention: async () => measureOwnRetention(onlyArm(), job.scenario, { ...meters, mostListeners }),
    headers: () => headersOf(arms, target),
    profile: ({ kind, arm: name, requests }) => {
      const arm = arms.find((each) => each.name === name)
      if (arm === undefined) throw new InvalidWorkError(`there is no arm ${name} to profile`)
      return profileArm(kind, arm, job.scenario, requests, meters)
    },
    finish: async () => {
      const counts = await closeArms(job, arms, target, progress)
      clearInterval(watching)
      await target[Symbol.asyncDispose]()
      return counts
    },
  }
  if (job.warmUp.by === 'batches') await prepared.blocks(job.warmUp.durationMs * arms.length)
  else await warmUpByTurns(prepared, job)
  return prepared
}

/** A burst is far shorter than a warm-up, so that there are as many as it takes. */
async function warmUpByTurns(prepared: Prepared, { warmUp, scenario }: Job): Promise<void> {
  const end = systemClock.now() + warmUp.durationMs
  do {
    await prepared.window({ rampMs: 0, durationMs: warmUp.durationMs })
  } while (scenario.load?.kind === 'bursts' && systemClock.now() < end)
}

function sum({ user, system }: NodeJS.CpuUsage): number {
  return user + system
}
