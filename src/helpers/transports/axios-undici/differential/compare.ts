import axios, { type InternalAxiosRequestConfig } from 'axios'
import type { UndiciAdapter } from '../adapter.ts'
import type { DifferentialCase } from './case.ts'
import { declared, unlikeDeclared } from './declared.ts'
import { differingPaths, type Outcome, outcomeOf } from './outcome.ts'
import type { RecordingServer } from './recording-server.ts'

/** What came of one call through both adapters. */
export interface Compared {
  /** Through axios's http adapter. */
  readonly expected: Outcome
  readonly found: Outcome
  /** What differs and is not declared, and what is declared and is otherwise. */
  readonly undeclared: readonly string[]
  /** What is declared and does not differ. */
  readonly unseen: readonly string[]
}

/** Makes the same call through axios's http adapter and through ours, one after the other. */
export async function compareCase(
  each: DifferentialCase,
  adapter: UndiciAdapter,
  server: RecordingServer,
): Promise<Compared> {
  const outcomeThrough = async (through: UndiciAdapter | 'http'): Promise<Outcome> => {
    const headers = server.reset(each.respond ?? ((response) => response.end('ok')))
    let given: InternalAxiosRequestConfig | undefined
    const client = axios.create({
      adapter: (config) => {
        given = config
        return axios.getAdapter(through)(config)
      },
      headers,
    })
    return await outcomeOf({
      client,
      config: each.config(server.origin),
      given: () => given,
      sent: async () => {
        await server.settle()
        return server.requests
      },
      origin: server.origin,
    })
  }
  const expected = await outcomeThrough('http')
  const found = await outcomeThrough(adapter)
  const differing = differingPaths(expected, found)
  const mayDiffer = declared
    .filter(({ cases }) => cases.includes(each.name))
    .flatMap(({ ours }) => Object.entries(ours))
  const covers = (path: string) => (differs: string) => differs === path || differs.startsWith(`${path}.`)
  return {
    expected,
    found,
    undeclared: [
      ...differing.filter((path) => !mayDiffer.some(([one]) => covers(one)(path))),
      ...mayDiffer.flatMap(([path, value]) => unlikeDeclared(found, path, value)),
    ],
    unseen: mayDiffer.map(([path]) => path).filter((path) => !differing.some(covers(path))),
  }
}
