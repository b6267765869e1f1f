import type { Verdict } from '../budgets/verdict.ts'
import type { ClientComparison, ComparisonReport } from './comparison.ts'

/** For tests only: a verdict about throughput, by default red. */
export function verdictOf(changes: Partial<Verdict> = {}): Verdict {
  return {
    state: 'regressed',
    client: 'axios',
    scenario: 'small-4',
    budget: 'throughput against reference',
    reason: 'throughput is 15.5 % below what is expected, wholly beyond what is tolerated',
    measured: { estimate: 0.845, low: 0.838, high: 0.853, level: 0.95 },
    unit: 'ratio',
    expected: 1,
    tolerates: 0.985,
    catches: 0.95,
    compared: 'axios 1.21.1 with axios 1.20.0',
    sameFiles: false,
    treeChanged: true,
    ...changes,
  }
}

/** For tests only: what became of one client, by default red. */
export function comparisonOf(changes: Partial<ClientComparison> = {}): ClientComparison {
  return {
    client: 'axios',
    scenario: 'small-4',
    base: { name: 'axios@1.20.0', version: '1.20.0' },
    head: { name: 'working tree', version: '1.21.1' },
    way: { kind: 'one process' },
    because: ['follow-redirects 1.15.9 → 1.15.11'],
    throughput: { estimate: 0.845, low: 0.838, high: 0.853, level: 0.95 },
    verdicts: [verdictOf()],
    replicates: 4,
    seed: 7,
    durationMs: 20_000,
    ...changes,
  }
}

/** For tests only: another client that passes. */
export function passOf(client: string, changes: Partial<ClientComparison> = {}): ClientComparison {
  return comparisonOf({
    client,
    base: { name: 'origin/main' },
    throughput: { estimate: 1.001, low: 0.997, high: 1.005, level: 0.95 },
    verdicts: [verdictOf({ client, state: 'pass' })],
    ...changes,
  })
}

/** For tests only: a whole report. */
export function reportOf(
  compared: readonly ClientComparison[],
  changes: Partial<ComparisonReport> = {},
): ComparisonReport {
  return {
    schemaVersion: 1,
    kind: 'comparison',
    date: '2026-11-23T05:00:00.000Z',
    machine: 'AMD EPYC, 2 cores, linux-x64, Node 26.10.0',
    base: 'origin/main',
    head: 'working tree',
    compared,
    notMeasured: [],
    unchanged: [],
    noise: 0.009,
    exitCode: 1,
    ...changes,
  }
}

/** For tests only: a report in which every text is the given name. */
export function reportNamed(name: string): ComparisonReport {
  const side = { name, version: name }
  const grown = [{ name, package: name, base: name, head: name, perRequest: { base: 1, head: 2 } }]
  const one = comparisonOf({
    client: name,
    scenario: name,
    base: side,
    head: side,
    way: { kind: 'processes taking turns', reason: name },
    because: [name],
    verdicts: [verdictOf({ client: name, scenario: name, budget: name, reason: name, compared: name })],
    explanation: {
      fresh: [{ name, package: name, head: name, time: 1, allocation: 1 }],
      time: grown,
      allocation: grown,
      exact: [{ what: name, base: name, head: name }],
      files: [name],
    },
  })
  return reportOf([one], {
    date: name,
    machine: name,
    base: name,
    head: name,
    notMeasured: [{ client: name, scenario: name, reason: name }],
    unchanged: [name],
  })
}
