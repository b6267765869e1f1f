import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { expect } from 'vitest'
import { smallJson } from '../targets/answers.ts'
import type { TargetCounters } from '../targets/counters.ts'
import type { TargetTls } from '../targets/messages.ts'
import { startTarget, type Target } from '../targets/target.ts'
import type { Client, ClientRequest, OpenClient, WholeReply } from './contract.ts'
import { clients } from './list.ts'

// Node's own undici has to be in a test's process before the library's, which otherwise becomes the one that Node's
// fetch uses. Measuring processes hold one client each and need no such care.
new Request('http://127.0.0.1')

const projectTree = new URL('../../../package.json', import.meta.url)

/** The frozen tree of dependencies. */
export const referenceTree = new URL('../../../perf/reference/package.json', import.meta.url)

/** For tests: the clients that can be opened by themselves and patch nothing which others in a test's process use. */
export const plainClients: readonly Client[] = clients.filter(
  ({ unmocked, route }) => unmocked === undefined && route === undefined,
)

/** For tests: a client that is open at a port of a target which it shares with nobody. Disposing of it closes it. */
export interface Scene extends AsyncDisposable {
  readonly client: OpenClient<WholeReply>
  readonly origin: string
  counters(): Promise<TargetCounters>
}

/** For tests: one target for all scenes of a file, with a port for each, so that nothing is reset in between. */
export class Stage implements AsyncDisposable {
  readonly #target: Target
  readonly #tls: TargetTls | undefined
  #portsTaken = 0

  private constructor(target: Target, tls: TargetTls | undefined) {
    this.#target = target
    this.#tls = tls
  }

  /** @param tls With which the target speaks TLS. Default: it does not. */
  static async set(scenes: number, tls?: TargetTls): Promise<Stage> {
    return new Stage(await startTarget({ ports: scenes, ...(tls && { tls }) }), tls)
  }

  /** Opens a client for `GET /json` over one connection, where the scenario says nothing else. */
  async open(client: Client, scenario: Partial<ClientRequest> = {}): Promise<Scene> {
    const index = this.#portsTaken++
    const scheme = this.#tls === undefined ? 'http' : 'https'
    const origin = `${scheme}://127.0.0.1:${this.#target.ports[index]}`
    const certificate = this.#tls && { certificate: this.#tls.certificate }
    const opened = await openAt(client, { origin, ...certificate, ...scenario })
    return {
      client: opened,
      origin,
      counters: async () => {
        const { counters } = await this.#target.snapshot()
        const ours = counters[index]
        if (ours === undefined) throw new RangeError(`the target has no port number ${index}`)
        return ours
      },
      [Symbol.asyncDispose]: async () => opened.close(),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#target[Symbol.asyncDispose]()
  }
}

/** For tests: opens a client of ours, which all hand on whole answers, at any address, with the library of the given tree. */
export async function openAt(
  client: Client,
  scenario: Partial<ClientRequest> & { origin: string },
  tree = projectTree,
): Promise<OpenClient<WholeReply>> {
  const library = client.library === undefined ? undefined : await load(client, tree)
  const request = { path: '/json', method: 'GET', headers: {}, connections: 1, ...scenario } as const
  return (await client.open(library, request)) as OpenClient<WholeReply>
}

async function load({ library = '', entryPoints = [] }: Client, tree: URL): Promise<unknown> {
  const imported = (entry: string): Promise<object> => import(pathToFileURL(createRequire(tree).resolve(entry)).href)
  const own = await imported(library)
  return entryPoints.length === 0 ? own : Object.assign({}, own, ...(await Promise.all(entryPoints.map(imported))))
}

/** For tests: sends requests for `/json` at once and expects the right answer to each. */
export async function sendMany({ client }: Scene, count: number): Promise<void> {
  const replies = await Promise.all(Array.from({ length: count }, () => client.send()))
  for (const reply of replies) expect(reply.text).toBe(smallJson)
}
