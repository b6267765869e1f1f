import { fileURLToPath } from 'node:url'
import type { Client } from '../clients/contract.ts'
import type { ArmCounts } from '../measure/job.ts'
import { MeasuringProcess } from '../measure/measuring-process.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { type Change, unchanged } from './change.ts'
import { openTrialTree } from './trees.ts'

/** For tests: the project whose packages are changed. */
export const project = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * For tests: loads copies of a client with a change each, beside an unchanged one, as a measurement does, checks an answer
 * of each in full, and has them go on for so long.
 *
 * @param durationMs Of batches, for each arm; 0 for the one request.
 * @returns What the target counted for the unchanged copy, and for each change by its name.
 * @throws {InvalidWorkError} when the work was not the work.
 */
export async function loadChanged(client: Client, scenario: Scenario, changes: readonly Change[], durationMs: number) {
  const { module, exportName, library = '' } = client
  using trees = new DisposableStack()
  const arms = [unchanged, ...changes].map((change) => ({
    name: change.name,
    tree: trees.use(openTrialTree(project, [library], change)).root,
  }))
  const warmUp = { by: 'batches', durationMs } as const
  const job = { client: { module, exportName }, scenario, arms, seed: 1, warmUp, requestTimeoutMs: 5_000 }
  await using measuring = await MeasuringProcess.prepare(job, new AbortController().signal)
  const [reference, ...counts] = await measuring.finish()
  if (reference === undefined) throw new Error('the process gave no counters')
  return { reference, changed: new Map<string, ArmCounts>(counts.map((each) => [each.arm, each])) }
}
