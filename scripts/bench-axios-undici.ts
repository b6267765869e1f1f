/**
 * `npm run bench:axios-undici`: axios over its own http adapter, over this project's undici adapter, and undici's own
 * `request`, under continuous load in processes that take turns. Throughput is of totals: all requests over all the time
 * of the windows, collections and stalls included. Beside them, what axios's core costs with an adapter that does
 * nothing: with undici's request it makes the limit, below which no adapter over undici comes.
 *
 * Options, after `--`: `--processes N` (of each client and scenario, default 6), `--scenario NAME` (repeatable, default
 * all), `--seed N`. Results are also written to `reports/axios-undici.json`. With the defaults it takes 8 minutes.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { axios } from '../src/helpers/clients/axios.ts'
import { axiosUndici } from '../src/helpers/clients/axios-undici.ts'
import { undiciRequest } from '../src/helpers/clients/undici-request.ts'
import { measureLoad } from '../src/helpers/measure/load.ts'
import { lockMachine } from '../src/helpers/measure/lock.ts'
import { thisMachine, watchMachine } from '../src/helpers/measure/machine.ts'
import { writeRecord } from '../src/helpers/reports/write-record.ts'
import { scenarios } from '../src/helpers/scenarios/list.ts'
import type { Scenario } from '../src/helpers/scenarios/scenario.ts'
import { randomFrom, seedFrom, shuffled } from '../src/helpers/statistics/random.ts'
import { projectAt } from '../src/helpers/trees/project.ts'
import { coreCost } from './axios-undici/axios-core.ts'
import { type Replicate, tableOf } from './axios-undici/table.ts'
import { countIn } from './count-in.ts'
import { peerVersions } from './peers/versions.ts'

const project = projectAt(fileURLToPath(new URL('..', import.meta.url)))
const effort = { warmUpMs: 1_000, rounds: 5, rampMs: 30, windowMs: 250 }
const clients = [axiosUndici, axios, undiciRequest]

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '6' },
    scenario: { type: 'string', multiple: true, default: scenarios.map(({ name }) => name) },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
  },
})
const processes = countIn('processes', values.processes)
const seed = countIn('seed', values.seed)
const chosen = values.scenario.map(scenarioNamed)
const header = { date: new Date().toISOString(), machine: thisMachine(), versions: peerVersions(), seed }

await using _lock = await lockMachine((holder) => console.error(`waiting for ${holder}, which measures`))
const disturbances = watchMachine()
const random = randomFrom(seed)
const signal = new AbortController().signal
const replicates: Replicate[] = []
for (let round = 0; round < processes; round++) {
  for (const scenario of shuffled(chosen, random)) {
    console.error(`${round + 1}/${processes} ${scenario.name}`)
    const job = { scenario, seed: seedFrom(random), requestTimeoutMs: 10_000 }
    const core = await coreCost(scenario, seedFrom(random))
    // Only the first one's allocation is measured, so each is first in its turn.
    const first = round % clients.length
    const inOrder = [...clients.slice(first), ...clients.slice(0, first)]
    const { clients: loads } = await measureLoad(inOrder, job, project.root, effort, signal)
    replicates.push({ scenario: scenario.name, core, loads })
    writeRecord(path.join(project.reports, 'axios-undici.json'), { ...header, replicates })
  }
}

console.log(header.machine.class)
console.log(`axios ${header.versions['axios']}, undici ${header.versions['undici']}, seed ${seed}`)
const { stealShare } = disturbances()
if (stealShare !== undefined) console.log(`stolen time meanwhile: ${(stealShare * 100).toFixed(1)} % of the cores`)
console.log(
  tableOf(
    replicates,
    chosen.map(({ name }) => name),
  ),
)

/** @throws {RangeError} for a name that no scenario has. */
function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((each) => each.name === name)
  if (found !== undefined) return found
  const known = scenarios.map((each) => each.name).join(', ')
  throw new RangeError(`--scenario is ${JSON.stringify(name)}; expected one of ${known}`)
}
