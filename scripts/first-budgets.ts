/**
 * `npm run perf:budgets -- [RUNS] [CLIENT…]`: measures every spec RUNS times (default 5) with an A/A pair for each, and
 * writes what is to be expected into `perf/budgets.json`. Both trees must hold the same files. `wiregauge tune` will take
 * its place.
 */
import { existsSync } from 'node:fs'
import { sync as writeFileAtomicSync } from 'write-file-atomic'
import { collectSpecs } from '../src/cli/specs/collect.ts'
import { replaceExpect } from '../src/cli/specs/vitest-stand-in.ts'
import { type BudgetFile, readBudgetFile } from '../src/helpers/budgets/budget-file.ts'
import { proposeTuned, withTuned } from '../src/helpers/budgets/propose.ts'
import { measuringFlags } from '../src/helpers/measure/environment.ts'
import { thisMachine } from '../src/helpers/measure/machine.ts'
import type { CompletedMeasurement, Measurement } from '../src/helpers/measure/result.ts'
import { RunLog } from '../src/helpers/reports/run-log.ts'
import { NotSelectedSignal } from '../src/helpers/session/not-selected-signal.ts'
import { openSession, provideSession } from '../src/helpers/session/session.ts'
import { projectAt } from '../src/helpers/trees/project.ts'
import { referenceIntegrity } from '../src/helpers/trees/reference-tree.ts'

const [runs = 5, ...names] = process.argv.slice(2).map((word, place) => (place === 0 ? Number(word) : word))
const project = projectAt(process.cwd())
const { class: machineClass, processor, cores, platform, node } = thisMachine()
const tuned: BudgetFile['tuned'] = {
  date: new Date().toISOString().slice(0, 10),
  machine: { class: machineClass, processor, cores, platform },
  node,
  flags: measuringFlags,
  packages: {},
  runs: Number(runs),
}
const reference = { integrity: referenceIntegrity(project.referenceTree) }
const before: BudgetFile['clients'] = existsSync(project.budgetFile) ? readBudgetFile(project.budgetFile).clients : {}
let file: BudgetFile = { schemaVersion: 1, tuned, reference, clients: names.length === 0 ? {} : before }

interface Gathered {
  readonly measurements: CompletedMeasurement[]
  readonly stated: Set<string>
}
const gathered = new Map<string, Gathered>()
const log = new RunLog([`${project.reports}/tuning.json`], 0)
const packages: Record<string, string> = {}

replaceExpect((received) => {
  const measurement = received as Measurement
  const { stated } = gather(measurement)
  return {
    toKeepUpWith: (): void => void stated.add('throughput against reference'),
    toReach: (client: string): void => void stated.add(`throughput against ${client}`),
    toSustain: (): void => void stated.add('throughput per second'),
    toCost: (costs: object): void => {
      if ('allocatedBytes' in costs) stated.add('allocated bytes')
      if ('requestBytes' in costs) stated.add('request bytes')
      if ('responseBytes' in costs) stated.add('response bytes')
    },
  }
})

const tests = await collectSpecs(project)
for (let run = 1; run <= Number(runs); run++) {
  const session = openSession(
    {
      project,
      seed: run,
      nulls: 'all',
      selects: (client) => names.length === 0 || names.includes(client),
      say: (message) => process.stderr.write(`${message}\n`),
      onMeasurement: (measurement) => {
        log.add(measurement)
        process.stderr.write(`run ${run}: ${measurement.client} ${measurement.scenario} ${measurement.state}\n`)
      },
    },
    file,
  )
  provideSession(() => session)
  for (const { run: measureAndState } of tests) {
    try {
      await measureAndState()
    } catch (error) {
      if (!(error instanceof NotSelectedSignal)) throw error
    }
  }
}

for (const { measurements, stated } of gathered.values()) {
  const [first] = measurements
  if (first === undefined) continue
  file = withTuned(file, first.client, first.scenario, proposeTuned(measurements, [...stated]))
}
file = { ...file, tuned: { ...tuned, packages: Object.fromEntries(Object.entries(packages).sort()) } }
const text = { $schema: './budgets.schema.json', ...file }
writeFileAtomicSync(project.budgetFile, `${JSON.stringify(text, null, 2)}\n`)

function gather(measurement: Measurement): Gathered {
  if (measurement.state === 'invalid') throw new Error(`${measurement.client}: ${measurement.reason}`)
  const key = `${measurement.client} ${measurement.scenario}`
  const known = gathered.get(key) ?? { measurements: [], stated: new Set<string>() }
  gathered.set(key, known)
  if (known.measurements.at(-1) === measurement) return known
  known.measurements.push(measurement)
  if (measurement.pair.state === 'measured' && !measurement.pair.sameFiles) {
    throw new Error(`${key}: the trees differ; budgets are tuned on equal ones`)
  }
  return known
}
