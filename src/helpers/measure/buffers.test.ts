import { expect, test } from 'vitest'
import { randomFrom } from '../statistics/random.ts'
import { measureBuffers } from './buffers.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'

/** Arms that hold so many bytes more with every request; everything is collected once in so many requests. */
function stage(collectedEvery: number) {
  let held = 70_000
  let requests = 0
  const arm = (name: string, bytes: number) =>
    armOf(name, async () => {
      held = ++requests % collectedEvery === 0 ? 70_000 : held + bytes
      return goodReply
    })
  const arms = [arm('current', 2_097_152), arm('reference', 1_048_576)]
  const clock = { turn: () => Promise.resolve() }
  return { arms, clock, heldBufferBytes: () => held, progress: newProgress(), random: randomFrom(1) }
}

test('each arm gets the bytes of buffers of a typical request, collections or not', async () => {
  const { arms, ...meters } = stage(8)
  expect(await measureBuffers(arms, meters)).toEqual([
    { arm: 'current', bufferBytesPerRequest: 2_097_152 },
    { arm: 'reference', bufferBytesPerRequest: 1_048_576 },
  ])
})

test('every request is noted', async () => {
  const { arms, progress, ...meters } = stage(8)
  await measureBuffers(arms, { ...meters, progress })
  expect(arms.map(({ asked }) => asked)).toEqual([31, 31])
  expect(progress).toMatchObject({ phase: 'buffers', beats: 62 })
})
