import v8 from 'node:v8'
import library from 'axios'
import { axiosConfig, axiosEqualised } from '../../src/helpers/clients/axios-config.ts'
import type { Arm } from '../../src/helpers/measure/arm.ts'
import { measureBlocks } from '../../src/helpers/measure/blocks.ts'
import { systemClock } from '../../src/helpers/measure/clock.ts'
import type { Scenario } from '../../src/helpers/scenarios/scenario.ts'
import { randomFrom } from '../../src/helpers/statistics/random.ts'
import { mean } from '../../src/helpers/statistics/summary.ts'

const warmUpMs = 300
const durationMs = 500

/** What a request costs axios when its adapter does nothing. */
export interface CoreCost {
  /** The mean over batches, in microseconds of this process. */
  readonly usPerRequest: number
  /** On the heap. */
  readonly allocatedBytesPerRequest: number
}

/** Measures axios's core in this process. */
export async function coreCost(scenario: Scenario, seed: number): Promise<CoreCost> {
  const { path, method, headers, body, inFlight, batchRequests } = scenario
  const origin = 'http://127.0.0.1:1'
  const asked = { origin, path, method, headers, connections: inFlight, ...(body !== undefined && { body }) }
  const config = axiosConfig(asked)
  const client = library.create({
    ...axiosEqualised,
    adapter: async (sent) => ({ status: 200, statusText: 'OK', headers: {}, data: '', config: sent, request: {} }),
  })
  const arm: Arm = {
    name: 'axios core',
    client: {
      async send() {
        const { status, headers: received, data } = await client.request<string>(config)
        return { status, headers: received, text: data }
      },
      close: () => {},
    },
    port: 0,
    expected: { status: 200, textLength: 0 },
    asked: 0,
  }
  const measure = (forMs: number) =>
    measureBlocks([arm], scenario, forMs, {
      clock: systemClock,
      random: randomFrom(seed),
      progress: { phase: '', arm: '', beats: 0 },
    })
  await measure(warmUpMs)
  const before = { bytes: allocatedBytes(), requests: arm.asked }
  const [batches] = (await measure(durationMs)).arms
  return {
    usPerRequest: mean(batches?.batchUs ?? []) / batchRequests,
    allocatedBytesPerRequest: (allocatedBytes() - before.bytes) / (arm.asked - before.requests),
  }
}

/** Since this process began; Node 26 can tell. */
function allocatedBytes(): number {
  return v8.getHeapStatistics().total_allocated_bytes ?? Number.NaN
}
