/**
 * `npm run perf:budgets -- [--runs N] [--from FILE]… [--equal FILE]… [--missing] [CLIENT…]`: measures every spec N times (default 4)
 * with an A/A pair for each, or takes the measurements of the FILEs of `--from` (every run is kept in `reports/runs`),
 * writes what is to be expected into `perf/budgets.json`, and says which thresholds of the specs promise more than the
 * scatter allows. Both trees must hold the same files. FILEs of `--equal` are records of A/A′ pairs, equal in behaviour
 * and different in text: where those scatter more, their scatter counts. With clients named, the entries of the others
 * stay; with `--missing` every entry stays, and only stated budgets that have none are measured and get one. `wiregauge
 * tune` will take its place.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { keepRun, readRecord } from '../src/cli/prove/kept-runs.ts'
import { collectSpecs } from '../src/cli/specs/collect.ts'
import { notingMatchers, statedBudgets } from '../src/cli/specs/stated-budgets.ts'
import { replaceExpect } from '../src/cli/specs/vitest-stand-in.ts'
import { selectionOf, survey } from '../src/cli/survey.ts'
import { type BudgetFile, joined, readBudgetFile, tunedFor, withTuned } from '../src/helpers/budgets/budget-file.ts'
import { ownCounts } from '../src/helpers/budgets/counts.ts'
import { brokenPromises } from '../src/helpers/budgets/promises.ts'
import { proposeTuned } from '../src/helpers/budgets/propose.ts'
import { withModeratedScatter } from '../src/helpers/budgets/proposed-value.ts'
import { untunedBudgetNames } from '../src/helpers/budgets/untuned.ts'
import { UsageError } from '../src/helpers/budgets/usage-error.ts'
import { gateEffort } from '../src/helpers/measure/effort.ts'
import { measuringFlags } from '../src/helpers/measure/environment.ts'
import { thisMachine } from '../src/helpers/measure/machine.ts'
import type { CompletedMeasurement, Measurement } from '../src/helpers/measure/result.ts'
import { RunLog } from '../src/helpers/reports/run-log.ts'
import { writeWhole } from '../src/helpers/reports/write-whole.ts'
import { inScope, Scope } from '../src/helpers/session/scope.ts'
import { drawSeed } from '../src/helpers/session/seed.ts'
import { openSession, provideSession, type SessionOptions } from '../src/helpers/session/session.ts'
import { projectAt } from '../src/helpers/trees/project.ts'
import { referenceIntegrity } from '../src/helpers/trees/reference-tree.ts'
import { countIn } from './count-in.ts'

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '4' },
    from: { type: 'string', multiple: true, default: [] },
    equal: { type: 'string', multiple: true, default: [] },
    missing: { type: 'boolean', default: false },
  },
})
const runs = countIn('runs', values.runs)

const project = projectAt(process.cwd())
const { class: machineClass, processor, cores, platform, node } = thisMachine()
const before = existsSync(project.budgetFile) ? readBudgetFile(project.budgetFile) : undefined
if ((names.length > 0 || values.missing) && before !== undefined && before.tuned.machine.class !== machineClass) {
  throw new UsageError(
    'the other budgets were tuned on another machine class; tune all of them, without naming clients and without --missing',
  )
}
const reference = existsSync(project.referenceTree)
  ? { integrity: referenceIntegrity(project.referenceTree) }
  : undefined
let file: BudgetFile =
  values.missing && before !== undefined
    ? before
    : {
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
const named = tests.filter(({ subject }) => subject !== undefined && selects(subject.client, subject.scenario))
const stated = await statedBudgets(named, openSession(common, file))
const wanted = new Map(
  [...stated].map(([name, thresholds]) => {
    const [client = '', scenario = ''] = name.split(' ')
    const had = values.missing ? tunedFor(file, client, scenario) : {}
    return [name, { had, budgets: untunedBudgetNames(thresholds, had) }]
  }),
)
const selected = named.filter(
  ({ subject }) => subject && wanted.get(`${subject.client} ${subject.scenario}`)?.budgets.length !== 0,
)
if (selected.length === 0) throw new UsageError('every stated budget has an entry; there is nothing to tune')

const all = values.from.length === 0 ? await measureAll() : values.from.flatMap(recordedIn).map(requireEqualTrees)
const equalBuilds = values.equal.flatMap(recordedIn)
const measured = Map.groupBy(all, ({ client, scenario }) => `${client} ${scenario}`)
if (measured.size === 0) throw new UsageError('there is no measurement to tune by')
const packages = names.length === 0 && !values.missing ? {} : { ...before?.tuned.packages }
for (const [name, measurements] of measured) {
  const { had = {}, budgets = [] } = wanted.get(name) ?? {}
  const [first] = measurements
  if (budgets.length === 0 || first === undefined) continue
  const [counts] = ownCounts(first)
  if (first.library !== undefined && counts?.version !== undefined) packages[first.library] = counts.version
  const tuned = proposeTuned(measurements, budgets, { equalBuilds })
  file = withTuned(file, first, joined(had, tuned))
}
const mostRuns = Math.max(...[...measured.values()].map((measurements) => measurements.length))
const madeBy = values.missing ? file.tuned.runs : mostRuns
file = withModeratedScatter({ ...file, tuned: { ...file.tuned, packages, runs: madeBy } })
writeWhole(project.budgetFile, `${JSON.stringify({ $schema: './budgets.schema.json', ...file }, null, 2)}\n`)
for (const [name, thresholds] of stated) {
  const [client = '', scenario = ''] = name.split(' ')
  const tuned = file.clients[client]?.[scenario] ?? {}
  for (const problem of brokenPromises(name, thresholds, tuned, file, gateEffort)) console.log(problem)
}

/** Every selected spec, as often as asked for. Results go to `reports/tuning.json` as they come, and each run is kept. */
async function measureAll(): Promise<CompletedMeasurement[]> {
  const record = `${project.reports}/tuning.json`
  const all: Measurement[] = []
  for (let run = 1; run <= runs; run++) {
    const seed = drawSeed()
    const log = new RunLog([record], seed)
    log.save()
    const onMeasurement = (measurement: Measurement): void => {
      process.stderr.write(`run ${run}: ${measurement.client} ${measurement.scenario} ${measurement.state}\n`)
    }
    // Everything is measured in full, so that no cap ends it.
    const capSeconds = Number.POSITIVE_INFINITY
    const session = openSession({ ...common, seed, nulls: 'all', selects, onMeasurement, capSeconds }, file)
    provideSession(() => session)
    replaceExpect(() => notingMatchers({ against: new Map() }))
    for (const { run: measureAndState } of selected) {
      const scope = new Scope()
      log.follow(() => scope.entries)
      await inScope(scope, measureAndState)
      log.save()
    }
    log.close('complete', 0)
    keepRun(project.reports, record)
    all.push(...log.entries.map(({ measurement }) => measurement))
  }
  return usable(all).map(requireEqualTrees)
}

function recordedIn(path: string): CompletedMeasurement[] {
  return usable(readRecord(path).entries.map(({ measurement }) => measurement))
}

function usable(measurements: readonly Measurement[]): CompletedMeasurement[] {
  return measurements.map((measurement) => {
    if (measurement.state === 'completed') return measurement
    throw new UsageError(`${measurement.client} ${measurement.scenario} is invalid: ${measurement.reason}`)
  })
}

function requireEqualTrees(measurement: CompletedMeasurement): CompletedMeasurement {
  const { client, scenario, pair } = measurement
  if (pair.state !== 'measured' || pair.sameFiles) return measurement
  throw new UsageError(`${client} ${scenario}: the trees differ; budgets are tuned on equal ones`)
}
