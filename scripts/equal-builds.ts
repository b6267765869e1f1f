/**
 * `npm run perf:equal-builds -- [--each N] [--seed S] [--from FILE]…`: measures A/A′ pairs, builds of the clients that are equal in
 * behaviour and different in text, N of them (default 3, drawn by the seed) for every client and scenario that a spec
 * compares with its reference. The record is `reports/equal-builds.json`, from which `wiregauge tune --equal`
 * learns how code that differs scatters. At the end it prints how far throughput was from equal, for each client and
 * scenario; `--from` prints that of records and measures nothing.
 */
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { readRecord } from '../src/cli/prove/kept-runs.ts'
import { collectSpecs } from '../src/cli/specs/collect.ts'
import { statedBudgets } from '../src/cli/specs/stated-budgets.ts'
import { survey } from '../src/cli/survey.ts'
import { clientNamed } from '../src/helpers/clients/list.ts'
import type { Measurement } from '../src/helpers/measure/result.ts'
import { RunLog } from '../src/helpers/reports/run-log.ts'
import { scenarios } from '../src/helpers/scenarios/list.ts'
import type { Entry } from '../src/helpers/session/entry.ts'
import { openSession } from '../src/helpers/session/session.ts'
import { randomFrom, shuffled } from '../src/helpers/statistics/random.ts'
import { meanInterval } from '../src/helpers/statistics/student.ts'
import { mean, standardDeviation } from '../src/helpers/statistics/summary.ts'
import { projectAt } from '../src/helpers/trees/project.ts'
import { equalBuilds } from '../src/helpers/trials/equal-builds.ts'
import { withTrial } from '../src/helpers/trials/trial.ts'
import { countIn } from './count-in.ts'

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', multiple: true, default: [] },
  },
})
const each = countIn('each', values.each)
const entries =
  values.from.length === 0
    ? await measureBuilds(countIn('seed', values.seed))
    : values.from.flatMap((file) => readRecord(file).entries)
console.log(tableOf(entries.map(({ measurement }) => measurement)))

async function measureBuilds(seed: number): Promise<readonly Entry[]> {
  const random = randomFrom(seed)
  const project = projectAt(process.cwd())
  const say = (message: string): void => {
    process.stderr.write(`${message}\n`)
  }
  const session = openSession({ project, seed, capSeconds: Number.POSITIVE_INFINITY, say })
  const stated = await statedBudgets(await survey(await collectSpecs(project), session), session)
  const builds = equalBuilds(project.root)
  const entries: Entry[] = []
  const log = new RunLog([`${project.reports}/equal-builds.json`], seed)
  log.follow(() => entries)
  for (const [name, { reference }] of stated) {
    const [clientName = '', scenarioName] = name.split(' ')
    const scenario = scenarios.find((each) => each.name === scenarioName)
    if (reference === undefined || scenario === undefined) continue
    const client = clientNamed(clientName)
    const ofLibrary = builds.filter(({ clients }) => clients.some(({ library }) => library === client.library))
    for (const change of shuffled(ofLibrary, random).slice(0, each)) {
      const first = ['pair', 'retention'] as const
      const signal = new AbortController().signal
      const measurement = await withTrial(
        session,
        { client, scenario, change, seed },
        { first, signal },
        async (measured): Promise<Measurement> => measured.measurement,
      )
      say(`${name}, ${change.name}: ${measurement.state}`)
      entries.push({ measurement, verdicts: [] })
      log.save()
    }
  }
  log.close('complete', 0)
  return entries
}

/** How far throughput was from equal: its mean over pairs, and the scatter of single replicates, in per cent. */
function tableOf(measurements: readonly Measurement[]): string {
  const table = new Table({ head: ['client', 'scenario', 'pairs', 'mean (95 % interval)', 'scatter of a process'] })
  for (const [name, own] of Map.groupBy(measurements, ({ client, scenario }) => `${client} ${scenario}`)) {
    const pairs = own.flatMap((each) => {
      if (each.state !== 'completed' || each.pair.state !== 'measured') return []
      return [each.pair.replicates.map(({ logRatio }) => logRatio.estimate * 100)]
    })
    const percent = (value: number): string => value.toFixed(2)
    const average = pairs.length < 2 ? undefined : meanInterval(pairs.map((pair) => mean(pair)))
    table.push([
      ...name.split(' '),
      pairs.length,
      average ? `${percent(average.estimate)} (${percent(average.low)} … ${percent(average.high)}) %` : '–',
      `${percent(standardDeviation(pairs.flat()))} %`,
    ])
  }
  return table.toString()
}
