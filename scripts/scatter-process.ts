/**
 * One fresh process of `bench-scatter.ts`: two copies of a client of the same version, measured by wiregauge's blocks and
 * by tinybench, in the given order, on the same open arms. Prints one line of JSON. Not run by hand.
 */
import { Bench } from 'tinybench'
import { clientNamed } from '../src/helpers/clients/list.ts'
import type { Arm } from '../src/helpers/measure/arm.ts'
import { closeArms, openArms } from '../src/helpers/measure/arms.ts'
import { runBatch } from '../src/helpers/measure/batch.ts'
import { measureBlocks } from '../src/helpers/measure/blocks.ts'
import { systemClock } from '../src/helpers/measure/clock.ts'
import type { Job } from '../src/helpers/measure/job.ts'
import { smallJson } from '../src/helpers/scenarios/list.ts'
import { pairedLogRatios } from '../src/helpers/statistics/paired.ts'
import { randomFrom } from '../src/helpers/statistics/random.ts'
import { median } from '../src/helpers/statistics/summary.ts'
import { startTarget } from '../src/helpers/targets/target.ts'
import { projectAt } from '../src/helpers/trees/project.ts'

const [name = '', seed = '0', first = '', durationMs = '4000'] = process.argv.slice(2)
const { root, referenceTree } = projectAt(process.cwd())
const client = clientNamed(name)
const scenario = smallJson({ inFlight: 4 })
const job: Job = {
  client,
  scenario,
  arms: [
    { name: 'current', tree: root },
    { name: 'reference', tree: referenceTree },
  ],
  seed: Number(seed),
  warmUp: { by: 'batches', durationMs: 300 },
  requestTimeoutMs: 10_000,
}
const random = randomFrom(job.seed)
const progress = { phase: '', arm: '', beats: 0 }
const blocks = (ms: number) => measureBlocks(arms, scenario, ms, { clock: systemClock, random, progress })

await using target = await startTarget({ ports: 2, endWithParent: true })
const arms = await openArms(client, job, target, random, progress)
await blocks(job.warmUp.durationMs * arms.length)

const methods = {
  wiregauge: async () => {
    const [current, reference] = (await blocks(Number(durationMs))).arms
    return { wiregauge: median(pairedLogRatios(current?.batchUs ?? [], reference?.batchUs ?? [])) }
  },
  tinybench: async () => {
    // Its defaults but for the time: each task half of what wiregauge has for both, after its own warm-up.
    const bench = new Bench({ time: Number(durationMs) / 2 })
    for (const arm of arms) bench.add(arm.name, () => batch(arm))
    await bench.run()
    const latency = (task: number) => {
      const result = bench.tasks[task]?.result
      if (result?.state !== 'completed') throw new Error(`tinybench: task ${task} is ${result?.state}`)
      return result.latency
    }
    return {
      tinybenchMean: Math.log(latency(1).mean / latency(0).mean),
      tinybenchMedian: Math.log(latency(1).p50 / latency(0).p50),
    }
  },
}
const order = first === 'tinybench' ? [methods.tinybench, methods.wiregauge] : [methods.wiregauge, methods.tinybench]
let results = {}
for (const method of order) results = { ...results, ...(await method()) }
await closeArms(client, job, arms, target, progress)
console.log(JSON.stringify(results))

function batch(arm: Arm): Promise<void> {
  arm.asked += scenario.batchRequests
  return runBatch(arm.client, scenario.inFlight, scenario.batchRequests, arm.expected)
}
