import path from 'node:path'
import { findingsOf, type ProfiledArm } from '../../helpers/explain/findings.ts'
import { fileReader } from '../../helpers/explain/read-source.ts'
import { InvalidWorkError } from '../../helpers/measure/invalid-work-error.ts'
import type { ArmSource, Job } from '../../helpers/measure/job.ts'
import { armSources, type MeasurementPlan } from '../../helpers/measure/measurement.ts'
import { MeasuringProcess } from '../../helpers/measure/measuring-process.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import type { Explanation } from '../../helpers/reports/comparison.ts'
import { writeWhole } from '../../helpers/reports/write-whole.ts'
import { inTurn } from '../../helpers/session/in-turn.ts'
import type { Session } from '../../helpers/session/session.ts'
import { median } from '../../helpers/statistics/summary.ts'
import type { Compared } from './compare-one.ts'
import type { Side, Sides } from './side.ts'

/** A CPU profile takes about so long, of either arm: 5,000 samples (measure/profile.ts), whichever of the two is the faster. */
const profileUs = 1.5e6

/** Requests in a profile: between these the time decides. So that one slow request is not all, and time is not unlimited. */
const cpuRequests = { least: 50, most: 50_000 } as const

/** A heap profile takes about so long of the slower arm, twice: samples go by bytes, and slow requests have more each. */
const heapUs = 0.6e6

/** Requests in a heap profile at most: of a request that allocates 15 kB that are 18,000 samples, and V8 keeps every one. */
const mostHeapRequests = 5_000

/**
 * Has both arms of a comparison make requests once more under V8's profilers, and finds out where they differ. The profiles
 * are saved in the project's reports.
 *
 * @returns Undefined where the work was not the work, or the profiles cannot be saved, which says nothing about the verdicts
 *   before it; it is told.
 * @throws The signal's reason.
 */
export async function explain(
  session: Session,
  { plan, measurement }: Compared,
  sides: Sides,
): Promise<Explanation | undefined> {
  if (measurement.state === 'invalid' || plan.pair.state !== 'measured') return undefined
  const [current, reference] = armSources(plan, plan.pair.referenceTree)
  if (current === undefined || reference === undefined) return undefined
  // What is red is explained whatever the cap says about more evidence.
  const uncapped = { ...session, capSeconds: Number.POSITIVE_INFINITY }
  session.say(`profiling ${plan.client.name} ${plan.scenario.name}`)
  const { batchRequests } = plan.scenario
  const within = (timeUs: number) =>
    [reference, current].map(({ name }) => requestsFor(measurement, name, batchRequests, timeUs))
  const requests = within(profileUs)
  const equal = Math.min(mostHeapRequests, ...within(heapUs))
  try {
    return await inTurn(uncapped, plan, 1, async () => {
      const base = await profiled(session, plan, reference, sides.base, { cpu: requests[0] ?? equal, equal })
      const head = await profiled(session, plan, current, sides.head, { cpu: requests[1] ?? equal, equal })
      const files = [...saved(session, plan, 'base', base), ...saved(session, plan, 'head', head)]
      return { ...findingsOf(base, head, fileReader()), files }
    })
  } catch (error) {
    plan.signal.throwIfAborted()
    if (!isExpected(error)) throw error
    session.say(`${plan.client.name} ${plan.scenario.name} could not be profiled: ${error.message}`)
    return undefined
  }
}

/** Work that was not the work, or a disk that takes no profiles. */
function isExpected(error: unknown): error is Error {
  return error instanceof InvalidWorkError || (error instanceof Error && 'syscall' in error)
}

/** As many requests as an arm makes in the time for a profile, within bounds. */
export function requestsFor(
  { pair }: CompletedMeasurement,
  arm: string,
  batchRequests: number,
  timeUs = profileUs,
): number {
  const batches = pair.state === 'measured' ? (pair.replicates[0]?.blocks.arms ?? []) : []
  const { batchUs } = batches.find((each) => each.arm === arm) ?? { batchUs: [] }
  const { least, most } = cpuRequests
  if (batchUs.length === 0) return least
  return Math.round(Math.min(most, Math.max(least, (timeUs / median(batchUs)) * batchRequests)))
}

/** An arm as it was measured, by itself, and as warm. */
export function profileJob(plan: MeasurementPlan, arm: ArmSource): Job {
  const { client, scenario, effort, seed } = plan
  const { module, exportName } = client
  const warmUp = { by: 'batches', durationMs: effort.pair.warmUpMs } as const
  const { requestTimeoutMs } = effort
  return { client: { module, exportName }, scenario, arms: [arm], seed, requestTimeoutMs, warmUp }
}

async function profiled(
  session: Session,
  plan: MeasurementPlan,
  arm: ArmSource,
  side: Side,
  requests: { readonly cpu: number; readonly equal: number },
): Promise<ProfiledArm> {
  const cpu = await timed(plan, arm, requests.cpu)
  return { cpu, ...(await counted(plan, arm, requests.equal)), roots: rootsOf(session, side) }
}

async function timed(plan: MeasurementPlan, arm: ArmSource, requests: number): Promise<ProfiledArm['cpu']> {
  await using measuring = await MeasuringProcess.prepare(profileJob(plan, arm), plan.signal)
  const cpu = await measuring.profile('cpu', arm.name, requests)
  await measuring.finish()
  return cpu
}

/**
 * Counts what an arm allocates and sends. It makes equally many requests as the other one and no others, half of them
 * before the profile that counts: who has run more is compiled further, and allocates less.
 */
async function counted(
  plan: MeasurementPlan,
  arm: ArmSource,
  requests: number,
): Promise<Omit<ProfiledArm, 'cpu' | 'roots'>> {
  const job: Job = { ...profileJob(plan, arm), warmUp: { by: 'batches', durationMs: 0 } }
  await using measuring = await MeasuringProcess.prepare(job, plan.signal)
  await measuring.profile('heap', arm.name, requests)
  const heap = await measuring.profile('heap', arm.name, requests)
  const [headers] = await measuring.headers()
  const [counts] = await measuring.finish()
  if (counts === undefined) throw new InvalidWorkError(`${plan.client.name}: the process gave no counters`)
  return { heap, counted: { counts, headers: headers?.headers ?? [] } }
}

function rootsOf({ project }: Session, { tree, code }: Side): readonly string[] {
  return [...new Set([tree, ...(code === undefined ? [] : [code]), project.root])]
}

/** Writes both profiles of an arm. @returns Their paths from the project's root. */
function saved(
  { project }: Session,
  { client, scenario }: MeasurementPlan,
  side: 'base' | 'head',
  { cpu, heap }: Pick<ProfiledArm, 'cpu' | 'heap'>,
): readonly string[] {
  const name = [client.name, scenario.name].map(fileName).join('-')
  return (
    [
      [cpu, 'cpuprofile'],
      [heap, 'heapprofile'],
    ] as const
  ).map(([{ profile }, ending]) => {
    const file = path.join(project.reports, 'profiles', `${name}-${side}.${ending}`)
    writeWhole(file, JSON.stringify(profile))
    return path.relative(project.root, file)
  })
}

/** A name as part of a file's: whatever is no letter, digit, dot or dash is replaced, and none begins with a dot. */
export function fileName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9.-]+/g, '_').replace(/^\./, '_')
}
