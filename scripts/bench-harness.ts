/**
 * `npm run bench:harness`: what the harness itself costs per request, with a client that does nothing. Prints the median
 * inside a batch of 4 and of 1, in microseconds.
 */
import type { Arm } from '../src/helpers/measure/arm.ts'
import { measureBlocks } from '../src/helpers/measure/blocks.ts'
import { systemClock } from '../src/helpers/measure/clock.ts'
import { scenario } from '../src/helpers/scenarios/scenario.ts'
import { randomFrom } from '../src/helpers/statistics/random.ts'
import { quantile } from '../src/helpers/statistics/summary.ts'

const reply = { status: 200, headers: {}, text: '' }
const idle = (name: string): Arm => ({
  name,
  client: { send: () => Promise.resolve(reply), close: () => {} },
  port: 0,
  expected: { status: 200, textLength: 0 },
  asked: 0,
})

for (const inFlight of [4, 1]) {
  const arms = [idle('current'), idle('reference')]
  const nothing = scenario({ name: `nothing-${inFlight}`, inFlight })
  const measure = (durationMs: number) =>
    measureBlocks(arms, nothing, durationMs, {
      clock: systemClock,
      random: randomFrom(1),
      progress: { phase: '', arm: '', beats: 0 },
    })
  await measure(500)
  const [arm] = (await measure(2_000)).arms
  const perRequest = (probability: number) => quantile(arm?.batchUs ?? [], probability) / inFlight
  console.log(
    `batch of ${inFlight}: median ${perRequest(0.5).toFixed(2)} µs a request ` +
      `(quartiles ${perRequest(0.25).toFixed(2)} … ${perRequest(0.75).toFixed(2)}), ${arm?.batchUs.length} batches`,
  )
}
