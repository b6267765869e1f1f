import type { BenchResult } from 'vitest'
import { meanInterval } from '../../statistics/student.ts'
import { mean, median, quantile, standardDeviation } from '../../statistics/summary.ts'
import { armOf, type Evidence } from './evidence.ts'

type Statistics = BenchResult['latency']

/**
 * What was measured of a benchmark, in the form that Vitest's reporters, tables and files take. A sample is the mean time of a
 * call in a batch. Margin and degrees of freedom are those of the mean over processes, where there are two or more: batches of
 * one process are not independent of each other.
 */
export function benchResult(name: string, { processes }: Evidence, retainSamples: boolean): BenchResult {
  const arms = processes.map((group) => armOf(group, name))
  const samplesOf = arms.map(({ calls, batchMs }) => batchMs.map((ms) => ms / calls))
  const totalTime = arms.reduce((sum, { batchMs }) => sum + batchMs.reduce((one, other) => one + other, 0), 0)
  const calls = arms.reduce((sum, arm) => sum + arm.calls * arm.batchMs.length, 0)
  const perSecond = samplesOf.map((samples) => samples.map((ms) => (ms > 0 ? 1e3 / ms : 0)))
  return {
    name,
    state: 'completed',
    latency: statisticsOf(samplesOf, retainSamples),
    throughput: statisticsOf(perSecond, retainSamples),
    period: totalTime / calls,
    totalTime,
    runtime: 'node',
    runtimeVersion: process.version,
    timestampProviderName: 'performanceNow',
  }
}

function statisticsOf(processes: readonly (readonly number[])[], retainSamples: boolean): Statistics {
  const samples = processes.flat().sort((one, other) => one - other)
  const center = mean(samples)
  const middle = median(samples)
  const sd = samples.length > 1 ? standardDeviation(samples) : 0
  const independent = processes.length > 1 ? processes.map((each) => mean(each)) : samples
  const df = Math.max(0, independent.length - 1)
  const sem = df > 0 ? standardDeviation(independent) / Math.sqrt(independent.length) : 0
  const interval = df > 0 ? meanInterval(independent) : undefined
  const moe = interval === undefined ? 0 : interval.high - interval.estimate
  return {
    aad: mean(samples.map((sample) => Math.abs(sample - center))),
    critical: sem > 0 ? moe / sem : 0,
    df,
    mad: median(samples.map((sample) => Math.abs(sample - middle))),
    max: samples.at(-1) ?? 0,
    mean: center,
    min: samples[0] ?? 0,
    moe,
    p50: middle,
    p75: quantile(samples, 0.75),
    p99: quantile(samples, 0.99),
    p995: quantile(samples, 0.995),
    p999: quantile(samples, 0.999),
    rme: (100 * moe) / Math.abs(center),
    samples: retainSamples ? (samples as unknown as Statistics['samples']) : undefined,
    samplesCount: samples.length,
    sd,
    sem,
    variance: sd ** 2,
  }
}
