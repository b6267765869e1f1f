/**
 * `npm run bench:peers`: wiregauge beside the tools that people measure with today, on the same clients in `small-4`, in
 * the same measuring time, in one run. How far the estimates of equal arms scatter over fresh processes, how often they
 * raise a false alarm, and how often they notice that one arm was made 5 % slower. Both trees must hold the same files.
 *
 * Options, after `--`: `--processes N` (default 12, for each method with equal arms and again with a slowed one),
 * `--ms N` (measuring time of a process, default 4,000), `--client NAME` (repeatable, default axios and undici-request),
 * `--seed N`. Results are also written, process by process, to `reports/peers.json`. With the defaults it takes
 * a little over 20 minutes.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { clientNamed } from '../src/helpers/clients/list.ts'
import { lockMachine } from '../src/helpers/measure/lock.ts'
import { thisMachine, watchMachine } from '../src/helpers/measure/machine.ts'
import { writeRecord } from '../src/helpers/reports/write-record.ts'
import { randomFrom, seedFrom, shuffled } from '../src/helpers/statistics/random.ts'
import { projectAt } from '../src/helpers/trees/project.ts'
import { treeDigest } from '../src/helpers/trees/tree-digest.ts'
import { countIn } from './count-in.ts'
import { methods } from './peers/methods.ts'
import type { PeerResult } from './peers/peer-result.ts'
import { alarmsFrom, type Setting } from './peers/setting.ts'
import { tableOf } from './peers/table.ts'
import { peerVersions } from './peers/versions.ts'

const project = projectAt(fileURLToPath(new URL('..', import.meta.url)))
const file = path.join(project.reports, 'peers.json')

/** The drop that has to be noticed. */
const worsening = 0.05

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '12' },
    ms: { type: 'string', default: '4000' },
    client: { type: 'string', multiple: true, default: ['axios', 'undici-request'] },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
  },
})
const processes = countIn('processes', values.processes)
const durationMs = countIn('ms', values.ms)
const seed = countIn('seed', values.seed)
const clients = values.client
for (const client of clients) requireEqualTrees(client)
const header = { date: new Date().toISOString(), machine: thisMachine(), versions: peerVersions(), seed }

await using _lock = await lockMachine((holder) => console.error(`waiting for ${holder}, which measures`))
const random = randomFrom(seed)
const results: PeerResult[] = []
const disturbances = watchMachine()
for (let round = 1; round <= processes; round++) {
  for (const setting of shuffled(clients.flatMap(settingsOf), random)) {
    // Drawn for every pair, so that no method has the quiet minutes, or always the place after another one.
    for (const [method, measure] of shuffled(Object.entries(methods), random)) {
      console.error(`${round}/${processes} ${setting.client}, ${setting.worsening * 100} % slower: ${method}`)
      results.push({ method, setting, estimates: await measure(setting) })
      record()
    }
  }
}

const { versions, machine } = header
console.log(`${machine.class}`)
console.log(
  Object.entries(versions)
    .map((pair) => pair.join(' '))
    .join(', '),
)
console.log(
  `small-4, ${processes} processes of ${durationMs} ms for each method and pair; slowed: one arm by ${worsening * 100} % ` +
    `busy work, beside one with busy work of nothing; false alarms and detected: toBeFasterThan's own verdict, of all ` +
    `others (wiregauge: one replicate, not the gate's verdict) an estimate of ${alarmsFrom * 100} % slower or more`,
)
const { stealShare, throttledShare } = disturbances()
if (stealShare !== undefined) console.log(`stolen time meanwhile: ${(stealShare * 100).toFixed(1)} % of the cores`)
if (throttledShare !== undefined) console.log(`throttled meanwhile: ${(throttledShare * 100).toFixed(1)} % of the time`)
for (const client of clients) console.log(`\n${client}\n${tableOf(results, client)}`)

/** What is called A/A has to be it. @throws when the client's library is not the same in both trees, or has none. */
function requireEqualTrees(name: string): void {
  const { library } = clientNamed(name)
  if (library === undefined) throw new Error(`${name} comes with Node; there are no two copies of it`)
  const { root, referenceTree } = project
  const [current, reference] = [root, referenceTree].map((tree) => treeDigest(library, tree))
  if (current === undefined || current !== reference) {
    throw new Error(`${name}: ${library} differs between ${root} and ${referenceTree}, so that no pair of it is A/A`)
  }
}

/** The two pairs of a client in one round: equal arms, and one arm slowed. */
function settingsOf(client: string): Setting[] {
  return [0, worsening].map((share) => ({ client, durationMs, seed: seedFrom(random), worsening: share }))
}

function record(): void {
  writeRecord(file, { ...header, results })
}
