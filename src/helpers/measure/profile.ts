import { Session } from 'node:inspector/promises'
import type { Scenario } from '../scenarios/scenario.ts'
import type { Arm, Progress } from './arm.ts'
import type { Clock } from './clock.ts'
import type { ArmProfile, ProfileKind } from './job.ts'
import { runSegment } from './segment.ts'

interface Meters {
  readonly clock: Pick<Clock, 'now' | 'turn'>
  readonly progress: Progress
}

/**
 * Between two CPU samples, in microseconds, at best: two cores that others used as well gave one in 200 to 320. V8's default
 * is 1,000. A profile of 1.5 s then has some 5,000 samples, and a function with a hundredth of them scatters by 14 %.
 */
const cpuIntervalUs = 100

/**
 * Between two samples of allocation, in bytes, on average: 512 B a request are 600 samples in 5,000 requests, so that they
 * scatter by 4 %. V8's default is 32,768.
 */
const heapIntervalBytes = 4_096

/** Makes at least so many requests of one arm, in its batches, under one of V8's profilers. */
export async function profileArm(
  kind: ProfileKind,
  arm: Arm,
  scenario: Scenario,
  requests: number,
  { clock, progress }: Meters,
): Promise<ArmProfile> {
  progress.phase = `${kind} profile`
  progress.arm = arm.name
  const batches = Math.max(1, Math.ceil(requests / scenario.batchRequests))
  const session = new Session()
  session.connect()
  try {
    const made = { arm: arm.name, requests: batches * scenario.batchRequests }
    const work = () => runSegment(arm, scenario, batches, { clock, progress })
    return kind === 'cpu'
      ? { kind, ...made, profile: await cpuProfile(session, work) }
      : { kind, ...made, profile: await heapProfile(session, work) }
  } finally {
    session.disconnect()
  }
}

async function cpuProfile(session: Session, work: () => Promise<void>) {
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: cpuIntervalUs })
  await session.post('Profiler.start')
  await work()
  return (await session.post('Profiler.stop')).profile
}

async function heapProfile(session: Session, work: () => Promise<void>) {
  await session.post('HeapProfiler.enable')
  // What a request allocates is mostly garbage when the profile is read.
  const collected = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true }
  await session.post('HeapProfiler.startSampling', { samplingInterval: heapIntervalBytes, ...collected })
  await work()
  return (await session.post('HeapProfiler.stopSampling')).profile
}
