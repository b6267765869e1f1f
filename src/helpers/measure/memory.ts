import { setImmediate } from 'node:timers/promises'
import v8 from 'node:v8'
import vm from 'node:vm'

/** Memory in use at one moment, in bytes. */
export interface Memory {
  /** What is reachable: the heap of the clients' thread, and buffers outside of it. */
  readonly heapBytes: number
  /** Resident memory of the whole process. */
  readonly residentBytes: number
}

/** Forces collections of the heap of this thread. */
export interface Collector {
  /** Of everything. */
  full(): void
  /** Of what was allocated lately. */
  young(): void
}

type Collect = (options: { type: 'major' | 'minor' }) => void
let known: Collect | undefined

/**
 * V8's own collections. The flag is given only when a first one is wanted, so that batches and windows are measured
 * without it; it takes effect in contexts made afterwards.
 */
function collect(type: 'major' | 'minor'): void {
  if (known === undefined) {
    v8.setFlagsFromString('--expose-gc')
    known = vm.runInNewContext('gc') as Collect
  }
  known({ type })
}

export const collector: Collector = { full: () => collect('major'), young: () => collect('minor') }

/** Reads memory after a forced, full collection. */
export async function collectedMemory(): Promise<Memory> {
  // Twice: what a first collection leaves to finalizers is only gone after a turn of the event loop and a second one.
  for (let time = 0; time < 2; time++) {
    await setImmediate()
    collector.full()
  }
  const { used_heap_size, external_memory } = v8.getHeapStatistics()
  return { heapBytes: used_heap_size + external_memory, residentBytes: process.memoryUsage.rss() }
}
