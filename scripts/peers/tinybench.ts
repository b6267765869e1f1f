import { Bench } from 'tinybench'
import type { ArmName, OpenedArms } from './arms.ts'
import { type Estimate, estimateFrom, type Setting } from './setting.ts'

/** Milliseconds that one batch takes by tinybench. */
export interface Latency {
  readonly mean: number
  readonly median: number
}

/**
 * tinybench as its README shows it: one `Bench`, a task for each version, `run`, and the latencies of the results ("avg"
 * and "med" of its own table). `time` is "time budget per task", so half of the whole. All else keeps its default:
 * `iterations` 64, `warmup` of 250 ms and 16 iterations a task, no concurrency, because a batch is concurrent by itself.
 */
export async function measureByTinybench({ durationMs }: Setting, arms: OpenedArms): Promise<readonly Estimate[]> {
  const [reference, current] = await latencies(['reference', 'current'], durationMs / 2, arms)
  if (reference === undefined || current === undefined) throw new Error('tinybench: a task is missing')
  return estimatesOf('tinybench', { reference, current })
}

/** Latencies of the named arms, one task each, in that order. */
export async function latencies(
  names: readonly ArmName[],
  taskMs: number,
  arms: OpenedArms,
): Promise<readonly Latency[]> {
  const bench = new Bench({ time: taskMs, throws: true })
  for (const name of names) bench.add(name, arms.batchOf(name))
  await bench.run()
  return bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`tinybench: task ${name} is ${result.state}`)
    return { mean: result.latency.mean, median: result.latency.p50 }
  })
}

/** The rows of a method that gives a mean and a median of each arm. */
export function estimatesOf(
  method: string,
  { reference, current }: Readonly<Record<ArmName, Latency>>,
): readonly Estimate[] {
  return [
    estimateFrom(`${method} mean`, { current: current.mean, reference: reference.mean }),
    estimateFrom(`${method} median`, { current: current.median, reference: reference.median }),
  ]
}
