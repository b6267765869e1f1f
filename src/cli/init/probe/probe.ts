import { pathToFileURL } from 'node:url'
import { AskedProcess } from '../../../helpers/measure/asked-process.ts'
import { siblingModule } from '../../../helpers/sibling-module.ts'
import type { ReplyShape } from '../texts/adapter.ts'
import type { ProbeAnswer, ProbeCommand } from './messages.ts'
import { type Arrival, recordingServer } from './recording-server.ts'

/** What a client is probed with. */
export interface Probing {
  /** File of the adapter. */
  readonly adapter: string
  readonly exportName: string
  /** The project. */
  readonly root: string
  /** What adapters are handed as the path of the request. */
  readonly path: string
  /** JSON that everything is answered with. */
  readonly json: unknown
  /** Whether the request may change something, as that of a call that was named. Default: only a GET is right. */
  readonly anyMethod?: boolean
  readonly signal: AbortSignal
}

/** What came of opening a client and making one request. */
export type Probed =
  | {
      readonly state: 'works'
      readonly shape: ReplyShape
      /** What it asked for while it was opened, such as a token. */
      readonly opening: readonly Arrival[]
      /** What its one call asked for. */
      readonly request: Arrival
    }
  | {
      readonly state: 'fails'
      /** Follows the name of what was tried. */
      readonly reason: string
      /** Whether a request arrived, so that the guess is right but for what it is given. */
      readonly arrived: boolean
    }

/** So long may loading, and one request to this machine, take. */
const requestTimeoutMs = 5_000

/** Opens the client of an adapter in a process of its own and makes one request, to a server that notes what arrives. */
export async function probe(probing: Probing): Promise<Probed> {
  const { adapter, exportName, root, path, json, anyMethod = false, signal } = probing
  const answer = JSON.stringify(json)
  await using server = await recordingServer(answer)
  await using child = new AskedProcess<ProbeCommand, ProbeAnswer>({
    module: siblingModule(import.meta.url, './probe-child'),
    role: 'client',
    requestTimeoutMs,
    signal,
  })
  try {
    const { origin } = server
    await child.ask(
      { type: 'open', module: pathToFileURL(adapter).href, exportName, tree: root, origin, path },
      'opened',
    )
    const opening = server.taken()
    const sent = await child.ask({ type: 'send', answer }, 'sent')
    return outcomeOf(sent, opening, server.taken(), anyMethod)
  } catch (error) {
    signal.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    return { state: 'fails', reason, arrived: server.taken().length > 0 }
  }
}

function outcomeOf(
  { shape, given }: Extract<ProbeAnswer, { type: 'sent' }>,
  opening: readonly Arrival[],
  requests: readonly Arrival[],
  anyMethod: boolean,
): Probed {
  const [request] = requests
  if (request === undefined) return { state: 'fails', reason: 'made no request', arrived: false }
  const told = requests.map(({ method, path }) => `${method} ${path}`).join(', ')
  if (requests.length > 1) {
    return { state: 'fails', reason: `made ${requests.length} requests in one call: ${told}`, arrived: true }
  }
  if (!anyMethod && request.method !== 'GET') {
    return { state: 'fails', reason: `made a ${told}, and no GET`, arrived: true }
  }
  if (shape === undefined) {
    return {
      state: 'fails',
      reason: `made one, ${told}, and gave ${given}, which is not what was answered`,
      arrived: true,
    }
  }
  return { state: 'works', shape, opening, request }
}
