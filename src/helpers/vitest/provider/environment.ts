import { UsageError } from '../../budgets/usage-error.ts'
import { drawSeed, seedIn, seedRange } from '../../session/seed.ts'

/** Six: the quantile of Student's distribution has fallen to 2.6 there, and each more costs a start of Vitest's worker. */
const defaultProcesses = 6

/**
 * In how many fresh processes a test is measured: `WIREGAUGE_BENCH_PROCESSES`, default 6. With 1, only in the worker itself, which
 * decides no claim.
 *
 * @throws {UsageError} for what is no whole number above 0.
 */
export function processesIn({ WIREGAUGE_BENCH_PROCESSES: given }: NodeJS.ProcessEnv): number {
  if (given === undefined) return defaultProcesses
  if (/^[1-9]\d?$/.test(given)) return Number(given)
  throw new UsageError(`WIREGAUGE_BENCH_PROCESSES is ${JSON.stringify(given)}; expected a whole number from 1 to 99`)
}

/** `WIREGAUGE_SEED`, by default drawn. @throws {UsageError} for what is no seed. */
export function benchSeedIn({ WIREGAUGE_SEED: given }: NodeJS.ProcessEnv): number {
  const seed = given === undefined ? drawSeed() : seedIn(given)
  if (seed !== undefined) return seed
  throw new UsageError(`WIREGAUGE_SEED is ${JSON.stringify(given)}; expected ${seedRange}`)
}
