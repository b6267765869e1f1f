/**
 * `npm run perf:budgets -- [--runs N] [--from FILE] [CLIENT…]`: measures every spec N times (default 4) with an A/A pair
 * for each, or takes the measurements of FILE, writes what is to be expected into `perf/budgets.json`, and says which
 * thresholds of the specs promise more than the scatter allows. Both trees must hold the same files. With clients named,
 * the entries of the others stay. `wiregauge tune` will take its place.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { sync as writeFileAtomicSync } from 'write-file-atomic'
import { collectSpecs } from '../src/cli/specs/collect.ts'
import { replaceExpect } from '../src/cli/specs/vitest-stand-in.ts'
import { selectionOf, survey } from '../src/cli/survey.ts'
import { type BudgetFile, readBudgetFile } from '../src/helpers/budgets/budget-file.ts'
import { type CostThresholds, ownCounts } from '../src/helpers/budgets/cost.ts'
import { brokenPromises, type StatedThresholds } from '../src/helpers/budgets/promises.ts'
import { proposeTuned, withTuned, withTypicalScatter } from '../src/helpers/budgets/propose.ts'
import type { Thresholds } from '../src/helpers/budgets/thresholds.ts'
import { UsageError } from '../src/helpers/budgets/usage-error.ts'
import { measuringFlags } from '../src/helpers/measure/environment.ts'
import { thisMachine } from '../src/helpers/measure/machine.ts'
import { gateEffort } from '../src/helpers/measure/measurement.ts'
import type { CompletedMeasurement, Measurement } from '../src/helpers/measure/result.ts'
import { RunLog } from '../src/helpers/reports/run-log.ts'
import type { RunRecord } from '../src/helpers/reports/run-record.ts'
import { openSession, provideSession, type SessionOptions } from '../src/helpers/session/session.ts'
import { projectAt } from '../src/helpers/trees/project.ts'
import { referenceIntegrity } from '../src/helpers/trees/reference-tree.ts'

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '4' }, from: { type: 'string' } },
})
const runs = Number(values.runs)
if (!Number.isInteger(runs) || runs < 1)
  throw new UsageError(`--runs is ${values.runs}; expected a whole number above 0`)

const project = projectAt(process.cwd())
const { class: machineClass, processor, cores, platform, node } = thisMachine()
const before = existsSync(project.budgetFile) ? readBudgetFile(project.budgetFile) : undefined
if (names.length > 0 && before !== undefined && before.tuned.machine.class !== machineClass) {
  throw new UsageError(
    'the other budgets were tuned on another machine class; tune all of them, without naming clients',
  )
}
const reference = existsSync(project.referenceTree)
  ? { integrity: referenceIntegrity(project.referenceTree) }
  : undefined
let file: BudgetFile = {
  schemaVersion: 1,
  tuned: {
    date: new Date().toISOString().slice(0, 10),
    machine: { class: machineClass, processor, cores, platform },
    node,
    flags: measuringFlags,
    packages: {},
    runs,
  },
  ...(reference === undefined ? {} : { reference }),
  clients: names.length === 0 ? {} : (before?.clients ?? {}),
}
const common: SessionOptions = { project, seed: 0, say: (message) => process.stderr.write(`${message}\n`) }
const tests = await survey(await collectSpecs(project), openSession(common, file))
const selects = selectionOf(
  names,
  undefined,
  tests.flatMap(({ subject }) => subject ?? []),
)
const selected = tests.filter(({ subject }) => subject !== undefined && selects(subject.client, subject.scenario))

const measured = Map.groupBy(
  values.from === undefined ? await measureAll() : recordedIn(values.from),
  ({ client, scenario }) => `${client} ${scenario}`,
)
const stated = await statedBudgets()
const packages = names.length === 0 ? {} : { ...before?.tuned.packages }
for (const [name, measurements] of measured) {
  const thresholds = stated.get(name)
  const [first] = measurements
  if (thresholds === undefined || first === undefined) continue
  const [counts] = ownCounts(first)
  if (first.library !== undefined && counts?.version !== undefined) packages[first.library] = counts.version
  file = withTuned(file, first.client, first.scenario, proposeTuned(measurements, budgetNames(thresholds)))
}
file = withTypicalScatter({ ...file, tuned: { ...file.tuned, packages } })
writeFileAtomicSync(project.budgetFile, `${JSON.stringify({ $schema: './budgets.schema.json', ...file }, null, 2)}\n`)
for (const [name, thresholds] of stated) {
  const [client = '', scenario = ''] = name.split(' ')
  const tuned = file.clients[client]?.[scenario] ?? {}
  for (const problem of brokenPromises(name, thresholds, tuned, file, gateEffort)) console.log(problem)
}

/** Every selected spec, as often as asked for; raw results go to `reports/tuning.json` as they come. */
async function measureAll(): Promise<CompletedMeasurement[]> {
  const log = new RunLog([`${project.reports}/tuning.json`], 0)
  for (let run = 1; run <= runs; run++) {
    const onMeasurement = (measurement: Measurement): void => {
      log.add(measurement)
      process.stderr.write(`run ${run}: ${measurement.client} ${measurement.scenario} ${measurement.state}\n`)
    }
    const session = openSession({ ...common, seed: run, nulls: 'all', selects, onMeasurement }, file)
    provideSession(() => session)
    replaceExpect(() => notingMatchers({ against: new Map() }))
    for (const { run: measureAndState } of selected) await measureAndState()
  }
  log.close('complete', 0)
  return usable(log.entries.map(({ measurement }) => measurement))
}

function recordedIn(path: string): CompletedMeasurement[] {
  const { entries } = JSON.parse(readFileSync(path, 'utf8')) as RunRecord
  return usable(entries.map(({ measurement }) => measurement))
}

function usable(measurements: readonly Measurement[]): CompletedMeasurement[] {
  return measurements.map((measurement) => {
    const name = `${measurement.client} ${measurement.scenario}`
    if (measurement.state === 'invalid') throw new UsageError(`${name} is invalid: ${measurement.reason}`)
    if (measurement.pair.state === 'measured' && !measurement.pair.sameFiles) {
      throw new UsageError(`${name}: the trees differ; budgets are tuned on equal ones`)
    }
    return measurement
  })
}

/** What the specs state, found by running them on what was measured. */
async function statedBudgets(): Promise<Map<string, StatedThresholds>> {
  const found = new Map<string, StatedThresholds>()
  const recorded = (client: string, scenario: string) => measured.get(`${client} ${scenario}`)?.[0]
  const isMeasured = (client: string, scenario: string) => recorded(client, scenario) !== undefined
  const session = openSession({ ...common, recorded, selects: isMeasured }, file)
  provideSession(() => session)
  replaceExpect((received) => {
    const { client, scenario } = received as Measurement
    const name = `${client} ${scenario}`
    const noted = found.get(name) ?? { against: new Map() }
    found.set(name, noted)
    return notingMatchers(noted)
  })
  for (const { run, subject } of selected) {
    if (subject !== undefined && isMeasured(subject.client, subject.scenario)) await run()
  }
  return found
}

function notingMatchers(noted: StatedThresholds) {
  return {
    toKeepUpWith: (_arm: string, thresholds: Thresholds): void => {
      noted.reference = thresholds
    },
    toReach: (client: string, thresholds: Thresholds): void => {
      noted.against.set(client, thresholds)
    },
    toSustain: (limit: { requestsPerSecond: number }): void => {
      noted.requestsPerSecond = limit.requestsPerSecond
    },
    toCost: (costs: CostThresholds): void => {
      noted.costs = { ...noted.costs, ...costs }
    },
  }
}

function budgetNames({ reference, against, requestsPerSecond, costs = {} }: StatedThresholds): string[] {
  return [
    ...(reference === undefined ? [] : ['throughput against reference']),
    ...[...against.keys()].map((client) => `throughput against ${client}`),
    ...(requestsPerSecond === undefined ? [] : ['throughput per second']),
    ...('allocatedBytes' in costs ? ['allocated bytes'] : []),
    ...('requestBytes' in costs ? ['request bytes'] : []),
    ...('responseBytes' in costs ? ['response bytes'] : []),
  ]
}
