import { fileURLToPath } from 'node:url'
import type { OpenClient } from '../../src/helpers/clients/contract.ts'
import { clientNamed } from '../../src/helpers/clients/list.ts'
import type { Arm } from '../../src/helpers/measure/arm.ts'
import { closeArms, openArms } from '../../src/helpers/measure/arms.ts'
import { runBatch } from '../../src/helpers/measure/batch.ts'
import { measureBlocks } from '../../src/helpers/measure/blocks.ts'
import { systemClock } from '../../src/helpers/measure/clock.ts'
import type { Blocks, Job } from '../../src/helpers/measure/job.ts'
import { smallJson } from '../../src/helpers/scenarios/list.ts'
import { randomFrom } from '../../src/helpers/statistics/random.ts'
import { startTarget } from '../../src/helpers/targets/target.ts'
import { projectAt } from '../../src/helpers/trees/project.ts'
import { busyWork } from '../../src/helpers/trials/busy-work.ts'
import type { Setting } from './setting.ts'

export type ArmName = 'current' | 'reference'

/** The arms of one setting, open and warm: what every method is given. */
export interface OpenedArms {
  /** One batch of an arm: the function that peers measure. @throws {RangeError} for an arm that was not opened. */
  batchOf(name: ArmName): () => Promise<void>
  /** wiregauge's own way of measuring, for so many milliseconds in all. */
  blocks(durationMs: number): Promise<Blocks>
  /** Closes the arms. @throws {InvalidWorkError} when the target did not count what was asked for. */
  finish(): Promise<void>
}

const scenario = smallJson({ inFlight: 4 })

/** What wiregauge gives an arm before it measures; given to every method, whose own warm-up comes on top. */
const warmUpMs = 300

/**
 * Opens arms of a client in this process, checks an answer of each in full, and warms them up in blocks. The current arm
 * is slowed by the setting's worsening; the reference then has busy work of nothing, because to learn a client's speed and to
 * look at the clock costs about 1 %, which is not to come on top.
 */
export async function openedArms(
  { client: clientName, seed, worsening }: Setting,
  names: readonly ArmName[] = ['current', 'reference'],
): Promise<OpenedArms> {
  const { root, referenceTree } = projectAt(fileURLToPath(new URL('../..', import.meta.url)))
  const trees = { current: root, reference: referenceTree }
  const client = clientNamed(clientName)
  const job: Job = {
    client,
    scenario,
    arms: names.map((name) => ({ name, tree: trees[name] })),
    seed,
    warmUp: { by: 'batches', durationMs: warmUpMs },
    requestTimeoutMs: 10_000,
  }
  const random = randomFrom(seed)
  const progress = { phase: '', arm: '', beats: 0 }
  const target = await startTarget({ ports: names.length, endWithParent: true })
  const opened = await openArms(job, target, random, progress)
  const arms = opened.map((arm) =>
    worsening > 0 ? { ...arm, client: slowed(arm.client, arm.name === 'current' ? worsening : 0) } : arm,
  )
  const blocks = (durationMs: number): Promise<Blocks> =>
    measureBlocks(arms, scenario, durationMs, { clock: systemClock, random, progress })
  await blocks(warmUpMs * arms.length)
  return {
    batchOf(name) {
      const arm = arms.find((each) => each.name === name)
      if (arm === undefined) throw new RangeError(`no arm named ${name} was opened`)
      return () => batch(arm)
    },
    blocks,
    async finish() {
      await closeArms(job, arms, target, progress)
      await target[Symbol.asyncDispose]()
    },
  }
}

function batch(arm: Arm): Promise<void> {
  arm.asked += scenario.batchRequests
  return runBatch(arm.client, scenario.inFlight, scenario.batchRequests, arm.expected)
}

/** A client whose batches take 1/(1 − worsening) of what they take without. */
function slowed(client: OpenClient, worsening: number): OpenClient {
  const busy = busyWork(worsening)
  return {
    async send() {
      busy.begin()
      try {
        return await client.send()
      } finally {
        busy.end()
      }
    },
    close: () => client.close(),
  }
}
