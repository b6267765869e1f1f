import type { RecordedBudget } from './recorded-run.ts'

/** A recorded budget of throughput that catches 5 %. */
export function recordedBudget(gains: readonly number[], changes: Partial<RecordedBudget> = {}): RecordedBudget {
  return {
    client: 'axios',
    scenario: 'small-4',
    budget: 'throughput against reference',
    evidence: 'pair',
    scale: 'throughput',
    gains,
    scatter: 0.005,
    limits: { tolerates: Math.log(0.985), catches: Math.log(0.95) },
    looks: [3, 6, 12],
    ...changes,
  }
}

/** The rates of a file of 100 budgets. */
export const rates = { falseRed: 1e-5, missed: 0.01 }
