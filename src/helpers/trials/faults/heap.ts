import { axios } from '../../clients/axios.ts'
import { nodeFetch } from '../../clients/node-fetch.ts'
import { undiciRequest } from '../../clients/undici-request.ts'
import type { Scenario } from '../../scenarios/scenario.ts'
import { type Fault, fault } from '../fault.ts'
import { type FaultyClient, insertionPoints } from '../insertion.ts'
import type { Patch } from '../patch.ts'

const bytesPerElement = 8

/** Patches that make a client allocate so many bytes more for every request. */
export function allocatesMoreBy(client: FaultyClient, bytes: number): readonly Patch[] {
  const { around, hold } = insertionPoints[client]
  // It has to be reachable from outside, or the compiler leaves it out.
  return around({ head: hold, before: `hold.value = new Array(${Math.round(bytes / bytesPerElement)}).fill(0);` })
}

/**
 * A client that allocates 30 % more.
 *
 * @param bytes For every request. What comes on top, such as the array's head, is for the caller to take off.
 */
export function allocatesMore(client: FaultyClient, bytes: number, scenario: Scenario): Fault {
  return fault({
    name: '30 % more allocation',
    description: `every request allocates ${bytes} bytes for nothing`,
    client: insertionPoints[client].client,
    scenario,
    patches: allocatesMoreBy(client, bytes),
    expects: ['allocated bytes'],
  })
}

/** So many requests' buffers are old when they are replaced, so that only a collection of the old generation frees them. */
const keptBuffers = 1_000

/** What gives the collector work. */
interface OldGeneration {
  /** Objects of a list that each collection of the old generation has to go through one by one. */
  readonly objects: number
  /** Of each buffer: 64 MB divided by it is the number of requests from one collection to the next. */
  readonly bytes: number
}

/**
 * A client that only the collector has work with: it holds a long list, and a buffer for each of its latest requests, the
 * oldest of which is replaced. Nobody touches the buffers, which lie outside of the heap, so that a request takes about a
 * microsecond longer and allocates no more. But V8 collects the old generation with every 64 MB of them, and goes through
 * the list each time.
 */
export function outlives(client: FaultyClient, { objects, bytes }: OldGeneration, scenario: Scenario): Fault {
  const point = insertionPoints[client]
  return fault({
    name: 'work for the collector',
    description: `a long list, and buffers that are replaced, have the old generation collected every ${Math.round(64e6 / bytes)} requests`,
    client: point.client,
    scenario,
    patches: point.around({
      head: `${point.hold}
let list = null;
for (let object = 0; object < ${objects}; object++) list = { next: list };
hold.value = list;
const kept = new Array(${keptBuffers}).fill(null);
let keptAt = 0;`,
      before: `kept[keptAt] = Buffer.allocUnsafeSlow(${bytes}); keptAt = (keptAt + 1) % ${keptBuffers};`,
    }),
    expects: [
      'CPU time against reference',
      'total time against reference',
      'batches over 1.5 × against reference',
      'batches over 3 × against reference',
      'batches over 10 × against reference',
      'batches over 30 × against reference',
      'batches over 50 × against reference',
      'p90 batch time against reference',
      'p99 batch time against reference',
    ],
  })
}

/** A body that is copied twice more, whole, before it is text. */
export function copiesBody(scenario: Scenario): readonly Fault[] {
  const twice = (buffer: string): string => `Buffer.from(Buffer.from(${buffer}))`
  const about = {
    name: 'body copied twice',
    description: 'the whole body is copied twice more before it becomes text',
    scenario,
    expects: ['buffer bytes against reference'],
  }
  const copied = (file: string, anchor: string, buffer: string): readonly Patch[] => [
    { file, anchor, text: anchor.replace(buffer, twice(buffer)) },
  ]
  const inUndici = 'chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)'
  const inAxios = 'responseBuffer.length === 1 ? responseBuffer[0] : Buffer.concat(responseBuffer)'
  const inNodeFetch = 'Buffer.concat(accum, accumBytes)'
  return [
    fault({ ...about, client: axios, patches: copied('axios/lib/adapters/http.js', inAxios, inAxios) }),
    fault({ ...about, client: undiciRequest, patches: copied('undici/lib/api/readable.js', inUndici, inUndici) }),
    fault({ ...about, client: nodeFetch, patches: copied('node-fetch/src/body.js', inNodeFetch, inNodeFetch) }),
  ]
}
