import type { HeapProfiler, Profiler } from 'node:inspector'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { selfAllocations, selfTimes } from './self-cost.ts'
import type { SourceReader } from './sources.ts'
import { type SpentSide, spentBy } from './spent.ts'

/** For tests: reads files that are given by path. */
export function readerOf(files: Readonly<Record<string, string>>): SourceReader {
  return {
    text: (url) => files[url.startsWith('file:') ? fileURLToPath(url) : url],
    scripts: (folder) =>
      Object.keys(files)
        .filter((file) => file.startsWith(folder + path.sep))
        .map((file) => path.relative(folder, file)),
  }
}

interface Given {
  readonly root: string
  /** Default: 10. */
  readonly requests?: number
  /** By path. Default: no source can be had. */
  readonly files?: Readonly<Record<string, string>>
}

/** For tests: what was spent by the CPU profile of a side. */
export function timesOf({ root, requests = 10, files = {} }: Given, profile: Profiler.Profile): SpentSide {
  return spentBy({ profile, requests, roots: [root], reader: readerOf(files) }, selfTimes)
}

/** For tests: what was allocated by the heap profile of a side. */
export function bytesOf(
  { root, requests = 10, files = {} }: Given,
  profile: HeapProfiler.SamplingHeapProfile,
): SpentSide {
  return spentBy({ profile, requests, roots: [root], reader: readerOf(files) }, selfAllocations)
}
