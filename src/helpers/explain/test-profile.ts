import type { HeapProfiler, Profiler, Runtime } from 'node:inspector'

/** For tests: a function at a place, line and column from 1 as editors count. */
export function frameOf(functionName: string, url: string, line = 1, column = 1): Runtime.CallFrame {
  return { functionName, scriptId: '1', url, lineNumber: line - 1, columnNumber: column - 1 }
}

/**
 * For tests: a CPU profile in which the samples of each frame last its microseconds together.
 *
 * @param each What one sample lasts at most. Default: there is one sample a frame.
 */
export function cpuProfileOf(
  spans: readonly (readonly [Runtime.CallFrame, number])[],
  each = Number.POSITIVE_INFINITY,
): Profiler.Profile {
  const samples = spans.flatMap(([, us], index) => parts(us, each).map((span) => ({ id: index + 1, span })))
  return {
    nodes: spans.map(([callFrame], index) => ({ id: index + 1, callFrame })),
    samples: samples.map(({ id }) => id),
    // The first sample comes 7 µs after the start; each lasts until the next, the last until the end.
    timeDeltas: [7, ...samples.slice(0, -1).map(({ span }) => span)],
    startTime: 1_000,
    endTime: 1_007 + samples.reduce((sum, { span }) => sum + span, 0),
  }
}

/**
 * For tests: a heap profile in which each frame, called by the one before, allocated its bytes.
 *
 * @param each What one sample stands for at most. Default: there is one sample a frame.
 */
export function heapProfileOf(
  sizes: readonly (readonly [Runtime.CallFrame, number])[],
  each = Number.POSITIVE_INFINITY,
): HeapProfiler.SamplingHeapProfile {
  const samples = sizes.flatMap(([, bytes], index) =>
    parts(bytes, each).map((size, ordinal) => ({ size, nodeId: index + 2, ordinal })),
  )
  let below: (HeapProfiler.SamplingHeapProfileNode & { id: number })[] = []
  for (const [index, [callFrame, selfSize]] of [...sizes.entries()].toReversed()) {
    below = [{ callFrame, selfSize, id: index + 2, children: below }]
  }
  const head = { callFrame: frameOf('(root)', ''), selfSize: 0, id: 1, children: below }
  return Object.assign({ head }, { samples })
}

function parts(whole: number, each: number): number[] {
  const count = Math.max(1, Math.round(whole / each))
  return Array.from({ length: count }, () => whole / count)
}
