/**
 * `npm run perf:gateway`: every route of the gateway once under load, in one table. `/ping`, `/blocking` and `/pool`, and
 * `/async/<client>` for each client of the equalised league.
 *
 * Options, after `--`: `--load autocannon` or `--load wrk` (throughput and errors only; default autocannon), `--rounds N`
 * (windows of each route, default 3), `--client NAME` (repeatable; default every one), `--seed N`. The figures are also
 * written to `reports/gateway-<tool>.json`. With the defaults it takes about two minutes.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { interruption } from '../src/cli/interruption.ts'
import { requireKnown } from '../src/cli/survey.ts'
import { UsageError } from '../src/helpers/budgets/usage-error.ts'
import { isApplicable } from '../src/helpers/clients/applicable.ts'
import { clients } from '../src/helpers/clients/list.ts'
import { gateEffort } from '../src/helpers/measure/effort.ts'
import { measureGateway } from '../src/helpers/measure/gateway/measure-gateway.ts'
import { wrkVersion } from '../src/helpers/measure/gateway/wrk-load.ts'
import { lockMachine } from '../src/helpers/measure/lock.ts'
import { thisMachine, watchMachine } from '../src/helpers/measure/machine.ts'
import { writeRecord } from '../src/helpers/reports/write-record.ts'
import { gateway, gatewayWrk } from '../src/helpers/scenarios/gateway.ts'
import { projectAt } from '../src/helpers/trees/project.ts'
import { countIn } from './count-in.ts'
import { endAsCommand } from './end-as-command.ts'
import { routeTable } from './gateway/table.ts'
import { versionsOf } from './peers/versions.ts'

endAsCommand()
const tools = { autocannon: gateway, wrk: gatewayWrk } as const
const { values } = parseArgs({
  options: {
    load: { type: 'string', default: 'autocannon' },
    rounds: { type: 'string', default: '3' },
    client: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
  },
})
const tool = values.load
if (tool !== 'autocannon' && tool !== 'wrk') {
  throw new UsageError(`--load is ${JSON.stringify(tool)}; expected autocannon or wrk`)
}
const scenario = tools[tool]
const effort = { ...gateEffort.load, rounds: countIn('rounds', values.rounds) }
const seed = countIn('seed', values.seed)
const routes = clients.filter((client) => isApplicable(client, scenario))
for (const name of values.client) {
  requireKnown(
    'route of a client',
    name,
    routes.map((client) => client.name),
  )
}
const project = projectAt(fileURLToPath(new URL('..', import.meta.url)))
const versions = versionsOf(['fastify', 'piscina', 'synckit', 'autocannon', 'undici', 'axios', 'node-fetch'])
const header = {
  date: new Date().toISOString(),
  machine: thisMachine(),
  versions: tool === 'wrk' ? { ...versions, wrk: await wrkVersion() } : versions,
  seed,
}

const signal = interruption()
const onWait = (holder: string): void => console.error(`waiting for ${holder}, which measures`)
await using _lock = await lockMachine(onWait, { signal })
const disturbances = watchMachine()
const replicate = await measureGateway(
  routes.filter(({ name }) => values.client.length === 0 || values.client.includes(name)),
  { scenario, seed, requestTimeoutMs: gateEffort.requestTimeoutMs },
  project.root,
  effort,
  signal,
)
writeRecord(path.join(project.reports, `gateway-${tool}.json`), { ...header, replicate })

console.log(header.machine.class)
console.log(
  Object.entries(header.versions)
    .map((pair) => pair.join(' '))
    .join(', '),
)
console.log(`${scenario.name}: ${scenario.inFlight} connections, upstream ${scenario.path} over TLS, seed ${seed}`)
const { stealShare } = disturbances()
if (stealShare !== undefined) console.log(`stolen time meanwhile: ${(stealShare * 100).toFixed(1)} % of the cores`)
console.log(routeTable(replicate))
