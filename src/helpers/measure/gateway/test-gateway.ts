import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeEach } from 'vitest'
import { type Client, defineClient } from '../../clients/contract.ts'
import { http } from '../../clients/http.ts'
import { gateway } from '../../scenarios/gateway.ts'
import { isRunning } from '../is-running.ts'
import type { JobBasis } from '../job.ts'
import type { LoadEffort } from '../load.ts'
import type { LoadReplicate } from '../result.ts'
import type { Role } from './gateway-processes.ts'
import { type GatewayOptions, measureGateway } from './measure-gateway.ts'

/** For tests: that the clients of gateways are resolved from. */
export const tree: string = path.resolve(import.meta.dirname, '../../../..')

/** For tests: as little as a gateway can be measured with. */
export const effort: LoadEffort = { warmUpMs: 20, rounds: 2, rampMs: 10, windowMs: 40 }

/** For tests: a gateway under four connections. */
export const job: JobBasis = {
  scenario: { ...gateway, inFlight: 4, connections: 4 },
  seed: 1,
  requestTimeoutMs: 5_000,
}

/** What is changed of a measurement. */
interface Changes {
  readonly job?: Partial<JobBasis>
  readonly effort?: Partial<LoadEffort>
  readonly signal?: AbortSignal
}

/** For tests: measures gateways and knows what it has started. Its folder is gone after the tests of a file. */
export class GatewayStage {
  readonly folder: string = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-gateway-'))
  /** Every role's process in the test at work, as it was started. */
  readonly pids: Map<Role, number> = new Map()

  constructor() {
    beforeEach(() => this.pids.clear())
    afterAll(() => rmSync(this.folder, { recursive: true }))
  }

  /** Of those that were started, who still runs. */
  get running(): readonly Role[] {
    return [...this.pids].filter(([, pid]) => isRunning(pid)).map(([role]) => role)
  }

  measure(clients: readonly Client[], options: GatewayOptions = {}, changes: Changes = {}): Promise<LoadReplicate> {
    const { signal = new AbortController().signal } = changes
    const changed = { ...job, ...changes.job }
    return measureGateway(clients, changed, tree, { ...effort, ...changes.effort }, signal, {
      ...options,
      onProcess: (role, pid) => {
        this.pids.set(role, pid)
        options.onProcess?.(role, pid)
      },
    })
  }

  /**
   * A client in a module of its own, over `http`, whose `send` is the given body after so many requests.
   *
   * @param opening What it does while it is opened. Default: nothing.
   */
  clientThat(name: string, after: number, body: string, opening = ''): Client {
    const file = path.join(this.folder, `${name}.mjs`)
    writeFileSync(
      file,
      `import { http } from ${JSON.stringify(http.module)}
export const probe = { ...http, name: '${name}', async open(library, request) {
  const sound = await http.open(library, request)
  ${opening}
  let sent = 0
  return { ...sound, async send() { if (++sent > ${after}) { ${body} } return await sound.send() } }
} }
`,
    )
    return { ...http, ...defineClient(pathToFileURL(file).href, 'probe', { ...http, name }) }
  }
}
