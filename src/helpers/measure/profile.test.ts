import type { HeapProfiler } from 'node:inspector'
import { Session } from 'node:inspector/promises'
import { expect, test, vi } from 'vitest'
import { scenario } from '../scenarios/scenario.ts'
import { profileArm } from './profile.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'

const one = scenario({ name: 'one', inFlight: 1 })
const clock = { now: () => 0, turn: async () => {} }

let kept: unknown
const bytes = 80_000

/** An arm whose every request leaves an array of 10,000 numbers behind as garbage. */
const wasteful = () =>
  armOf('wasteful', async () => {
    kept = new Array(bytes / 8).fill(kept === undefined ? 0.5 : 1.5)
    return goodReply
  })

test('an allocation profile holds what was collected meanwhile, young or old', async () => {
  // 400 MB, and young objects are collected every few megabytes.
  const { requests, profile } = await profileArm('heap', wasteful(), one, 5_000, { clock, progress: newProgress() })
  expect(allocatedIn((profile as HeapProfiler.SamplingHeapProfile).head)).toBeGreaterThan(0.9 * requests * bytes)
})

test('profilers sample every 100 µs and every 4,096 bytes', async () => {
  const post = vi.spyOn(Session.prototype, 'post')
  await profileArm('cpu', wasteful(), one, 10, { clock, progress: newProgress() })
  expect(post).toHaveBeenCalledWith('Profiler.setSamplingInterval', { interval: 100 })
  await profileArm('heap', wasteful(), one, 10, { clock, progress: newProgress() })
  expect(post).toHaveBeenCalledWith('HeapProfiler.startSampling', expect.objectContaining({ samplingInterval: 4_096 }))
  post.mockRestore()
})

function allocatedIn({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number {
  return children.reduce((sum, child) => sum + allocatedIn(child), selfSize)
}
