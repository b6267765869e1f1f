import { lockMachine } from '../measure/lock.ts'
import { measurePair } from '../measure/pair.ts'
import type { Session } from '../session/session.ts'
import { hashOf } from '../statistics/random.ts'
import { mean } from '../statistics/summary.ts'
import { loadedPairEffort, measureLoadedPair } from './loaded-pair.ts'
import { openTrialTree } from './trees.ts'
import type { Trial } from './trial.ts'

/** Fresh processes of the paired kind, and pairs of processes under load: about the same time for both. */
const replicates = { paired: 3, loaded: 2 } as const

/** One change as two methods see it; ln of throughput, changed against unchanged. */
export interface MethodsCompared {
  readonly paired: number
  readonly loaded: number
}

/**
 * Measures a changed copy of a client's packages against an unchanged one twice: batch by batch in one process, as the
 * gate does it, and under continuous load in processes that take turns. Under the machine's lock.
 *
 * @throws {InvalidWorkError} when the work was not the work.
 */
export async function compareMethods(
  { project, effort, say }: Pick<Session, 'project' | 'effort' | 'say'>,
  { client, scenario, change, seed }: Omit<Trial, 'stated'>,
  signal: AbortSignal,
): Promise<MethodsCompared> {
  const { library, module, exportName } = client
  if (library === undefined) throw new Error(`${client.name} comes with Node, so that it cannot be changed`)
  using current = openTrialTree(project.root, [library], change)
  using reference = openTrialTree(project.root, [library], change.beside)
  const basis = (method: string, index: number) => ({
    scenario,
    seed: hashOf(`${seed} ${client.name} ${scenario.name} ${change.name} ${method} ${index}`),
    requestTimeoutMs: effort.requestTimeoutMs,
  })
  const onWait = (holder: string): void => say(`waiting for ${holder}, which is measuring on this machine`)
  await using _lock = await lockMachine(onWait, { signal })

  const paired: number[] = []
  for (let index = 0; index < replicates.paired; index++) {
    const arms = [
      { name: 'current', tree: current.root },
      { name: 'reference', tree: reference.root },
    ]
    const warmUp = { by: 'batches', durationMs: effort.pair.warmUpMs } as const
    const job = { ...basis('paired', index), client: { module, exportName }, arms, warmUp }
    paired.push((await measurePair(job, { ...effort.pair, sums: false }, signal)).logRatio.estimate)
  }
  const loaded: number[] = []
  for (let index = 0; index < replicates.loaded; index++) {
    const trees = { current: current.root, reference: reference.root }
    loaded.push((await measureLoadedPair(client, basis('loaded', index), trees, loadedPairEffort, signal)).logRatio)
  }
  return { paired: mean(paired), loaded: mean(loaded) }
}
