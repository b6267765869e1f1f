/**
 * Vitest's own benchmark of a pair, as its guide (https://vitest.dev/guide/benchmarking, Vitest 5) shows it:
 * `bench.compare` on the test context's `bench`, with the default provider, and `toBeFasterThan` on its results. `time` is
 * "time budget per task" of the provider's options, so half of the whole; all else keeps its default.
 *
 * The question of a gate is whether the base is faster than the head. The matcher is asked twice: bare, as in the guide's
 * first example, and with `delta`, "the minimum relative difference required", at the limit that all methods have. The
 * guide's `retry` against flaky benchmarks is left out, because it takes further measuring time, which no peer gets.
 *
 * Run by `methods.ts` in `vitest bench`; the setting and the file for the estimates come in the environment.
 */
import { writeFileSync } from 'node:fs'
import { afterAll, type BenchResult, beforeAll, expect, test } from 'vitest'
import { type OpenedArms, openedArms } from './arms.ts'
import { alarmsFrom, type Estimate, estimateFrom, type Setting } from './setting.ts'

const setting: Setting = JSON.parse(process.env['WIREGAUGE_PEER_SETTING'] ?? '')
const output = process.env['WIREGAUGE_PEER_OUTPUT'] ?? ''
let arms: OpenedArms | undefined

beforeAll(async () => {
  arms = await openedArms(setting)
})

afterAll(() => arms?.finish())

test('base against head', async ({ bench }) => {
  if (arms === undefined) throw new Error('the arms were not opened')
  const results = await bench.compare(
    bench('reference', arms.batchOf('reference')),
    bench('current', arms.batchOf('current')),
    { time: setting.durationMs / 2 },
  )
  const reference = results.get('reference')
  const current = results.get('current')
  const mean = { current: current.latency.mean, reference: reference.latency.mean }
  const estimates: Estimate[] = [
    {
      ...estimateFrom('Vitest toBeFasterThan', mean),
      alarm: isFaster(reference, current),
    },
    {
      ...estimateFrom(`Vitest toBeFasterThan, delta ${alarmsFrom}`, mean),
      alarm: isFaster(reference, current, { delta: alarmsFrom }),
    },
    estimateFrom('Vitest median', { current: current.latency.p50, reference: reference.latency.p50 }),
  ]
  writeFileSync(output, JSON.stringify(estimates))
})

/** The matcher's verdict. What is no verdict, such as a result that is none, fails both ways and goes on. */
function isFaster(one: BenchResult, other: BenchResult, options?: { readonly delta: number }): boolean {
  try {
    expect(one).toBeFasterThan(other, options)
    return true
  } catch {
    expect(one).not.toBeFasterThan(other, options)
    return false
  }
}
