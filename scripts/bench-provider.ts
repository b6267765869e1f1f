/**
 * `npm run bench:provider`: the same unchanged file of benchmarks, whose arms are copies of each other
 * (`fixtures/bench/pair.bench.ts`), under Vitest's own provider and under that of wiregauge. How far the estimates of equal arms
 * are from 0 in the mean of the runs, how far they scatter over runs, and how long a run takes.
 *
 * Options, after `--`: `--runs N` (default 20, of each provider), `--seed N` (of the order). Results are also written, run by
 * run, to `reports/provider.json`. With the defaults it takes about 10 minutes.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { lockMachine } from '../src/helpers/measure/lock.ts'
import { thisMachine, watchMachine } from '../src/helpers/measure/machine.ts'
import { plainTable } from '../src/helpers/reports/plain-table.ts'
import { writeRecord } from '../src/helpers/reports/write-record.ts'
import { chiSquareQuantile } from '../src/helpers/statistics/chi-square.ts'
import { randomFrom, shuffled } from '../src/helpers/statistics/random.ts'
import { meanInterval } from '../src/helpers/statistics/student.ts'
import { mean, standardDeviation } from '../src/helpers/statistics/summary.ts'
import { projectAt } from '../src/helpers/trees/project.ts'
import { countIn } from './count-in.ts'
import { versionsOf } from './peers/versions.ts'
import { type BenchEstimate, benchRun, type ProviderName } from './provider/bench-run.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const runs = countIn('runs', values.runs)
const seed = countIn('seed', values.seed)
const random = randomFrom(seed)
const providers = ['vitest', 'wiregauge'] as const
const file = path.join(projectAt(fileURLToPath(new URL('..', import.meta.url))).reports, 'provider.json')
const header = {
  date: new Date().toISOString(),
  machine: thisMachine(),
  versions: versionsOf(['vitest', 'axios', 'undici']),
  seed,
}

const results: {
  readonly provider: ProviderName
  readonly seconds: number
  readonly estimates: readonly BenchEstimate[]
}[] = []
const disturbances = watchMachine()
for (let round = 1; round <= runs; round++) {
  // Drawn for every round, so that neither has the quiet minutes.
  for (const provider of shuffled(providers, random)) {
    console.error(`${round}/${runs} ${provider}`)
    results.push(await timed(provider))
    writeRecord(file, { ...header, results })
  }
}

const { stealShare } = disturbances()
console.log(`${header.machine.class}, vitest ${header.versions['vitest']}, ${runs} runs of each provider, equal arms`)
if (stealShare !== undefined) console.log(`stolen time meanwhile: ${(stealShare * 100).toFixed(1)} % of the cores`)
const all = results.flatMap(({ estimates }) => estimates)
const rows = [...Map.groupBy(all, ({ test, provider, statistic }) => [test, provider, statistic].join('\n'))]
console.log(
  plainTable(
    ['test', 'provider', 'statistic', 'A/A mean (95 % interval)', 'A/A scatter (95 % interval)', 'farthest'],
    rows
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([row, of]) => [...row.split('\n'), ...figuresOf(of)]),
  ),
)
for (const provider of providers) {
  const seconds = mean(results.filter((each) => each.provider === provider).map((each) => each.seconds))
  console.log(`${provider}: ${seconds.toFixed(1)} s a run of two tests`)
}

async function timed(provider: ProviderName) {
  // Ours takes the machine's lock by itself.
  await using _lock =
    provider === 'vitest' ? await lockMachine((holder) => console.error(`waiting for ${holder}`)) : undefined
  const begin = performance.now()
  const estimates = await benchRun(provider)
  return { provider, seconds: (performance.now() - begin) / 1e3, estimates }
}

/** Mean and standard deviation of the log-ratio, each with the interval of normal values, and the estimate farthest from 0. */
function figuresOf(estimates: readonly BenchEstimate[]): readonly string[] {
  const logRatios = estimates.map(({ logRatio }) => logRatio)
  const farthest = percent(Math.max(...logRatios.map(Math.abs)))
  const free = logRatios.length - 1
  if (free < 1) return ['–', '–', farthest]
  const { estimate, low, high } = meanInterval(logRatios)
  const deviation = standardDeviation(logRatios)
  const bound = (probability: number) => percent(deviation * Math.sqrt(free / chiSquareQuantile(probability, free)))
  return [
    `${percent(estimate)} (${percent(low)} … ${percent(high)})`,
    `${percent(deviation)} (${bound(0.975)} … ${bound(0.025)})`,
    farthest,
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`.replace('-', '−')
}
