import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { scalingPoints } from '../../helpers/budgets/scaling.ts'
import type { MatcherCall } from '../specs/stated-budgets.ts'

/** Where a spec calls a matcher. */
export interface CallSite {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** How a spec states the budget at a place: the matcher, its entry in what it is given, and what it must be given first. */
interface Statement {
  readonly matcher: string
  readonly entry?: string
  readonly first?: unknown
}

const statements: Readonly<Record<string, Statement>> = {
  reference: { matcher: 'toKeepUpWith' },
  requestsPerSecond: { matcher: 'toSustain', entry: 'requestsPerSecond' },
  eventLoopDelayP99Ms: { matcher: 'toServe', entry: 'eventLoopDelay' },
  pingBesideP99Ms: { matcher: 'toServe', entry: 'pingBeside' },
  'totals/buffers': { matcher: 'toCost', entry: 'bufferBytes' },
  'totals/cpu': { matcher: 'toCost', entry: 'cpu' },
  'totals/time': { matcher: 'toCost', entry: 'time' },
  retainedBytesPerRequest: { matcher: 'toCost', entry: 'retainedBytes' },
  residentBytesPerRequest: { matcher: 'toCost', entry: 'residentBytes' },
  allocatedBytesPerRequest: { matcher: 'toCost', entry: 'allocatedBytes' },
  ownRetainedBytesPerRequest: { matcher: 'toCost', entry: 'ownRetainedBytes' },
}

/** How a spec states the budget at a place of the budget file; undefined where no spec does. */
export function statementOf(place: string): Statement | undefined {
  const [, group, name = ''] = /^(tail|slowBatches|against|scaling)\/(.+)$/.exec(place) ?? []
  if (group === 'against') return { matcher: 'toReach', first: name }
  if (group === 'scaling') return { matcher: 'toScale', first: scalingPoints(name) }
  if (group !== undefined) return { matcher: 'toHoldItsTail', entry: name }
  return statements[place]
}

/** The calls of matchers of all specs, and where they are. */
export class CallSites {
  readonly #calls: (MatcherCall & { readonly site: CallSite | undefined })[] = []
  readonly #specs: string

  /** @param specs Folder of the specs. */
  constructor(specs: string) {
    this.#specs = specs
  }

  /** Takes note of a call. */
  readonly note = (call: MatcherCall): void => {
    this.#calls.push({ ...call, site: siteIn(call.stack, this.#specs) })
  }

  /** Where the budget at a place is stated for a client and scenario; undefined where that cannot be told. */
  of({ client, scenario, place }: { client: string; scenario: string; place: string }): CallSite | undefined {
    const statement = statementOf(place)
    if (statement === undefined) return undefined
    const { matcher, entry, first } = statement
    return this.#calls.findLast(
      ({ given: [one], ...call }) =>
        call.client === client &&
        call.scenario === scenario &&
        call.matcher === matcher &&
        (first === undefined || isDeepStrictEqual(one, first)) &&
        (entry === undefined || (typeof one === 'object' && one !== null && entry in one)),
    )?.site
  }
}

/** The innermost place of a stack that lies in the folder of the specs. */
function siteIn(stack: string, specs: string): CallSite | undefined {
  for (const [, address, line] of stack.matchAll(/(file:\/\/\S+?|\/[^\s()]+?|[A-Za-z]:\\[^()]+?):(\d+):\d+\)?$/gm)) {
    if (address === undefined) continue
    const file = address.startsWith('file:') ? fileURLToPath(address) : address
    if (file.startsWith(path.join(specs, path.sep))) return { file, line: Number(line) }
  }
  return undefined
}
