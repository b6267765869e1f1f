import type { Client } from '../clients/contract.ts'
import { AsyncDisposables } from '../disposables.ts'
import type { JobBasis, Window } from '../measure/job.ts'
import type { LoadEffort } from '../measure/load.ts'
import { MeasuringProcess } from '../measure/measuring-process.ts'
import { naming } from '../measure/naming.ts'
import { randomFrom, seedFrom, shuffled } from '../statistics/random.ts'
import { median } from '../statistics/summary.ts'

/** The trees of the two arms. */
export interface ArmTrees {
  readonly current: string
  readonly reference: string
}

/** The arms of one client under continuous load, in processes that took turns. */
export interface LoadedPair {
  readonly seed: number
  /** ln of throughput, current against reference, median over the rounds; positive is faster. */
  readonly logRatio: number
  readonly rounds: readonly LoadedRound[]
}

/** One window of each arm, next to each other in time. */
interface LoadedRound {
  readonly current: Window
  readonly reference: Window
}

/**
 * A process scatters by 2 to 3 % (DESIGN section 2), which more rounds do not lessen: few of them, and more processes.
 */
export const loadedPairEffort: LoadEffort = { warmUpMs: 800, rounds: 6, rampMs: 30, windowMs: 250 }

/**
 * Measures one client from two trees under continuous load: what totals over time say about a change that the paired
 * estimate is checked against. Each arm in a process of its own, both alive together, taking turns in random order.
 *
 * The caller holds the machine's lock; both processes are gone when this settles.
 *
 * @throws {InvalidWorkError} when an arm's work was not the work.
 */
export async function measureLoadedPair(
  client: Client,
  job: JobBasis,
  trees: ArmTrees,
  effort: LoadEffort,
  signal: AbortSignal,
): Promise<LoadedPair> {
  const random = randomFrom(job.seed)
  const { module, exportName } = client
  const warmUp = { by: 'window', durationMs: effort.warmUpMs } as const
  await using processes = new AsyncDisposables()
  return await naming(client.name, async () => {
    // One after the other: who starts first is drawn, and neither warms up while the other one starts.
    const measuring = new Map<keyof ArmTrees, MeasuringProcess>()
    for (const name of shuffled(arms, random)) {
      const own = {
        seed: seedFrom(random),
        client: { module, exportName },
        arms: [{ name, tree: trees[name] }],
        warmUp,
      }
      measuring.set(name, processes.use(await MeasuringProcess.prepare({ ...job, ...own }, signal)))
    }
    const rounds: LoadedRound[] = []
    for (let round = 0; round < effort.rounds; round++) {
      const windows: Partial<Record<keyof ArmTrees, Window>> = {}
      for (const name of shuffled(arms, random)) {
        const turn = { rampMs: effort.rampMs, durationMs: effort.windowMs }
        windows[name] = await (measuring.get(name) as MeasuringProcess).window(turn)
      }
      rounds.push(windows as LoadedRound)
    }
    for (const each of measuring.values()) await each.finish()
    return { seed: job.seed, logRatio: loadedLogRatio(rounds), rounds }
  })
}

const arms = ['current', 'reference'] as const

/** The median over rounds of ln of the ratio of throughput. */
export function loadedLogRatio(rounds: readonly LoadedRound[]): number {
  return median(rounds.map(({ current, reference }) => Math.log(throughputOf(current) / throughputOf(reference))))
}

function throughputOf({ requests, durationMs }: Window): number {
  return requests / durationMs
}
