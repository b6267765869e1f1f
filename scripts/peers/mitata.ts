import { measure } from 'mitata'
import type { OpenedArms } from './arms.ts'
import type { Estimate, Setting } from './setting.ts'
import { estimatesOf, type Latency } from './tinybench.ts'

/**
 * mitata's `measure`, which its README gives for raw results, one function after the other as its `run` does it. Two of
 * its recommendations are followed: `min_cpu_time` (in nanoseconds; its default of 642 ms cannot be set on `run`) is half
 * of the measuring time, and the process has `--expose-gc`, so that its default of one collection after the warm-up
 * works. `concurrency` stays 1: a batch is concurrent by itself. All else keeps its default,
 * `batch_threshold` too: what takes less than 65 µs is timed 4,096 calls at a time. `avg` is what its `summary` compares.
 */
export async function measureByMitata({ durationMs }: Setting, arms: OpenedArms): Promise<readonly Estimate[]> {
  const latency = async (name: 'reference' | 'current'): Promise<Latency> => {
    const { avg, p50 } = await measure(arms.batchOf(name), { min_cpu_time: (durationMs / 2) * 1e6 })
    return { mean: avg, median: p50 }
  }
  const reference = await latency('reference')
  const current = await latency('current')
  return estimatesOf('mitata', { reference, current })
}
