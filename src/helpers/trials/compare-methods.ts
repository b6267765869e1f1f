import type { Effort } from '../measure/effort.ts'
import type { Job } from '../measure/job.ts'
import { lockMachine } from '../measure/lock.ts'
import { MeasuringProcess } from '../measure/measuring-process.ts'
import { measurePair } from '../measure/pair.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { Session } from '../session/session.ts'
import { hashOf } from '../statistics/random.ts'
import { mean, median } from '../statistics/summary.ts'
import { slowerByTime } from './faults/busy.ts'
import { type FaultyClient, insertionPoints } from './insertion.ts'
import { loadedPairEffort, measureLoadedPair } from './loaded-pair.ts'
import { openTrialTree } from './trees.ts'

/**
 * Fresh processes of the paired kind, and pairs of processes under load. The time goes where the scatter is: 0.5 % a
 * paired process, 3 to 7 % a pair of processes under load.
 */
const replicates = { paired: 1, loaded: 4 } as const

/** A drop that two methods are to see. */
export interface Comparison {
  readonly client: FaultyClient
  readonly scenario: Scenario
  /** Share of the throughput, 0.05 for 5 %. */
  readonly worsening: number
  readonly seed: number
}

/** One drop as two methods see it; ln of throughput, changed against unchanged. */
export interface MethodsCompared {
  readonly paired: number
  readonly loaded: number
}

/** All that a comparison takes, as data: comparisons of another effort are others. */
export function comparisonEffort({ pair, requestTimeoutMs }: Effort): object {
  const { warmUpMs, durationMs } = pair
  return { replicates, paired: { warmUpMs, durationMs }, loaded: loadedPairEffort, requestTimeoutMs }
}

/**
 * Measures a slowed copy of a client's packages against an unchanged one twice: batch by batch in one process, as the
 * gate does it, and under continuous load in processes that take turns. What a request takes is learned once, in batches,
 * and every request of both methods gets the same time on top. Under the machine's lock.
 *
 * @throws {InvalidWorkError} when the work was not the work.
 */
export async function compareMethods(
  { project, effort, say }: Pick<Session, 'project' | 'effort' | 'say'>,
  { client: clientName, scenario, worsening, seed }: Comparison,
  signal: AbortSignal,
): Promise<MethodsCompared> {
  const { client } = insertionPoints[clientName]
  const { module, exportName, library = clientName } = client
  const basis = (method: string, index: number) => ({
    scenario,
    seed: hashOf(`${seed} ${clientName} ${scenario.name} ${worsening} ${method} ${index}`),
    requestTimeoutMs: effort.requestTimeoutMs,
  })
  const inBatches = {
    client: { module, exportName },
    warmUp: { by: 'batches', durationMs: effort.pair.warmUpMs },
  } as const
  const onWait = (holder: string): void => say(`waiting for ${holder}, which is measuring on this machine`)
  await using _lock = await lockMachine(onWait, { signal })

  const installed = [{ name: 'installed', tree: project.root }]
  const toLearnFrom: Job = { ...basis('learning', 0), ...inBatches, arms: installed }
  const ms = await msPerRequest(toLearnFrom, effort.pair.durationMs, signal)
  const change = slowerByTime(clientName, worsening, ms)
  using current = openTrialTree(project.root, [library], change)
  using reference = openTrialTree(project.root, [library], change.beside)

  const paired: number[] = []
  for (let index = 0; index < replicates.paired; index++) {
    const arms = [
      { name: 'current', tree: current.root },
      { name: 'reference', tree: reference.root },
    ]
    const job = { ...basis('paired', index), ...inBatches, arms }
    paired.push((await measurePair(job, { ...effort.pair, sums: false }, signal)).logRatio.estimate)
  }
  const loaded: number[] = []
  for (let index = 0; index < replicates.loaded; index++) {
    const trees = { current: current.root, reference: reference.root }
    loaded.push((await measureLoadedPair(client, basis('loaded', index), trees, loadedPairEffort, signal)).logRatio)
  }
  return { paired: mean(paired), loaded: mean(loaded) }
}

/** What a request of the only arm takes in batches: the median of the batches over their requests, in milliseconds. */
async function msPerRequest(job: Job, durationMs: number, signal: AbortSignal): Promise<number> {
  await using measuring = await MeasuringProcess.prepare(job, signal)
  const [arm] = (await measuring.blocks(durationMs)).arms
  await measuring.finish()
  return median(arm?.batchUs ?? []) / 1e3 / job.scenario.batchRequests
}
