/**
 * `npm run bench:three-way`: the slow client, the fast client, and the slow client on the fast transport, in bursts
 * (FIELD section 1): processes of their own that are alive together and take turns in random order, as many rounds each,
 * every one of them warmed up. One table and one chart.
 *
 * Options, after `--`: `--processes N` (of each client and scenario, default 6), `--rounds N` (in each process, default 5),
 * `--scenario NAME` (repeatable; burst-512, burst-512-warm, burst-512-tls; default all), `--seed N`. Results are also written
 * to `reports/three-way.json`.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { interruption } from '../src/cli/interruption.ts'
import { requireKnown } from '../src/cli/survey.ts'
import { clientNamed } from '../src/helpers/clients/list.ts'
import { gateEffort } from '../src/helpers/measure/effort.ts'
import { measureLoad } from '../src/helpers/measure/load.ts'
import { lockMachine } from '../src/helpers/measure/lock.ts'
import { thisMachine, watchMachine } from '../src/helpers/measure/machine.ts'
import { type ThreeWayRecord, type ThreeWayReplicate, threeWayArms } from '../src/helpers/reports/three-way/record.ts'
import { writeRecord } from '../src/helpers/reports/write-record.ts'
import { burst512, burst512Tls, burst512Warm } from '../src/helpers/scenarios/bursts.ts'
import { randomFrom, seedFrom, shuffled } from '../src/helpers/statistics/random.ts'
import { projectAt } from '../src/helpers/trees/project.ts'
import { countIn } from './count-in.ts'
import { endAsCommand } from './end-as-command.ts'
import { peerVersions } from './peers/versions.ts'
import { chartOf, tableOf } from './three-way/report.ts'

endAsCommand()
const bursts = [burst512, burst512Warm, burst512Tls]
const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '5' },
    scenario: { type: 'string', multiple: true, default: bursts.map(({ name }) => name) },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
  },
})
const processes = countIn('processes', values.processes)
const effort = { ...gateEffort.load, rounds: countIn('rounds', values.rounds) }
const seed = countIn('seed', values.seed)
for (const name of values.scenario) {
  requireKnown(
    'burst',
    name,
    bursts.map((burst) => burst.name),
  )
}
const chosen = bursts.filter(({ name }) => values.scenario.includes(name))

const project = projectAt(fileURLToPath(new URL('..', import.meta.url)))
const header = { date: new Date().toISOString(), machine: thisMachine(), versions: peerVersions(), seed }

const signal = interruption()
const onWait = (holder: string): void => console.error(`waiting for ${holder}, which measures`)
await using _lock = await lockMachine(onWait, { signal })
const disturbances = watchMachine()
const random = randomFrom(seed)
const replicates: ThreeWayReplicate[] = []
for (let round = 0; round < processes; round++) {
  for (const scenario of shuffled(chosen, random)) {
    console.error(`${round + 1}/${processes} ${scenario.name}`)
    const job = { scenario, seed: seedFrom(random), requestTimeoutMs: gateEffort.requestTimeoutMs }
    const clients = shuffled(
      threeWayArms.map(({ client }) => clientNamed(client)),
      random,
    )
    const load = await measureLoad(clients, job, project.root, effort, signal)
    replicates.push({ scenario: scenario.name, load })
    const record: ThreeWayRecord = { ...header, replicates }
    writeRecord(path.join(project.reports, 'three-way.json'), record)
  }
}

console.log(header.machine.class)
console.log(`axios ${header.versions['axios']}, undici ${header.versions['undici']}, seed ${seed}`)
const { stealShare } = disturbances()
if (stealShare !== undefined) console.log(`stolen time meanwhile: ${(stealShare * 100).toFixed(1)} % of the cores`)
const names = chosen.map(({ name }) => name)
console.log(tableOf(replicates, names))
console.log(chartOf(replicates, names))
