import type { ClientRequest } from './contract.ts'
import { NodeDispatcherError } from './node-dispatcher-error.ts'
import { undiciOptions } from './undici-options.ts'

/** A dispatcher as Node's own `fetch` takes it. */
type NodeDispatcher = NonNullable<RequestInit['dispatcher']>
type NodeAgent = new (options: object) => NodeDispatcher

/**
 * An agent of the undici inside Node, capped for the equalised league: the only way to cap the connections of Node's own
 * `fetch`. Node does not export the class; it is had as the constructor of the global dispatcher.
 *
 * @throws NodeDispatcherError where another copy of undici has put its own dispatcher there first: with that one, the
 *   figures of Node's fetch would be partly those of the other copy.
 */
export function openNodeDispatcher(request: ClientRequest): NodeDispatcher {
  // Node loads its undici on first use; loading it sets the global dispatcher if none is there.
  new Request('http://127.0.0.1')
  for (const name of globalDispatchers) {
    const dispatcher: unknown = Reflect.get(globalThis, Symbol.for(name))
    const Agent = (dispatcher as NodeDispatcher | undefined)?.constructor as NodeAgent | undefined
    if (Agent !== undefined && isNodes(Agent)) return new Agent(undiciOptions(request))
    if (Agent !== undefined) throw new NodeDispatcherError()
  }
  throw new NodeDispatcherError()
}

/** Where undici keeps it, newest first: before undici 8, which is in Node 26, there was one, which is a wrapper since. */
const globalDispatchers = ['undici.globalDispatcher.2', 'undici.globalDispatcher.1']

/** Whether the class comes from Node's own bundle: the stack of an error thrown in its constructor says where it lies. */
function isNodes(Agent: NodeAgent): boolean {
  try {
    new Agent({ factory: 'not a function' })
  } catch (error) {
    return error instanceof Error && (error.stack ?? '').includes('node:internal/deps/undici')
  }
  return false
}
