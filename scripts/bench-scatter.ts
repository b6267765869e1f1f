/**
 * `npm run bench:scatter -- [PROCESSES] [MS]`: how much the difference between two copies of a client scatters over fresh
 * processes (default 10, 4,000 ms of measuring each), by wiregauge and by tinybench on the same arms in the same
 * processes. The true difference is 0. Both trees must hold the same files.
 */
import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { measuringEnvironment, measuringFlags } from '../src/helpers/measure/environment.ts'
import { thisMachine, watchMachine } from '../src/helpers/measure/machine.ts'
import { intervalOf, replicateMean } from '../src/helpers/statistics/replicates.ts'
import { standardDeviation } from '../src/helpers/statistics/summary.ts'

const [processes = '10', durationMs = '4000'] = process.argv.slice(2)
const script = fileURLToPath(new URL('./scatter-process.ts', import.meta.url))
const disturbances = watchMachine()
console.log(
  `${thisMachine().class}; load average before ${loadavg()[0]?.toFixed(2)}; ${processes} processes of ${durationMs} ms`,
)

for (const client of ['axios', 'undici-request']) {
  const runs: Record<string, number>[] = []
  for (let index = 0; index < Number(processes); index++) {
    const first = index % 2 === 0 ? 'wiregauge' : 'tinybench'
    const output = execFileSync(
      process.execPath,
      [...measuringFlags, script, client, String(Date.now()), first, durationMs],
      { encoding: 'utf8', env: measuringEnvironment(process.env) },
    )
    runs.push(JSON.parse(output))
  }
  const scatters = new Map<string, number>()
  for (const method of ['wiregauge', 'tinybenchMean', 'tinybenchMedian']) {
    const estimates = runs.map((run) => run[method] ?? Number.NaN)
    scatters.set(method, standardDeviation(estimates))
    const { estimate, low, high } = intervalOf(replicateMean(estimates, 0))
    const percent = (log: number) => `${(Math.expm1(log) * 100).toFixed(2)} %`
    console.log(
      `${client} small-4 ${method.padEnd(16)} scatter ${percent(standardDeviation(estimates))}, ` +
        `mean ${percent(estimate)} (${percent(low)} … ${percent(high)})`,
    )
  }
  const [own = Number.NaN, ...others] = scatters.values()
  console.log(
    `${client} wiregauge / tinybench: ${others.map((other) => (own / other).toFixed(2)).join(' (mean), ')} (median)`,
  )
}
const { stealShare, throttledShare } = disturbances()
if (stealShare !== undefined) console.log(`stolen time meanwhile: ${(stealShare * 100).toFixed(1)} % of the cores`)
if (throttledShare !== undefined) console.log(`throttled meanwhile: ${(throttledShare * 100).toFixed(1)} % of the time`)
