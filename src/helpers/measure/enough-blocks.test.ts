import { describe, expect, test } from 'vitest'
import { enoughBlocks } from './enough-blocks.ts'

/** Measures blocks of so many milliseconds, both arms together; the spans that were asked for are kept. */
function measuring(blockMs: number) {
  const spans: number[] = []
  const measure = async (durationMs: number) => {
    spans.push(durationMs)
    const batchUs = Array.from({ length: Math.floor(durationMs / blockMs) }, () => (blockMs * 1e3) / 2)
    return { arms: ['current', 'reference'].map((arm) => ({ arm, batchUs })) }
  }
  return { spans, measure }
}

describe('blocks', () => {
  test('that are enough are measured once', async () => {
    const { spans, measure } = measuring(4)
    const { arms } = await enoughBlocks(measure, 800)
    expect(spans).toEqual([800])
    expect(arms.map(({ batchUs }) => batchUs.length)).toEqual([200, 200])
  })

  test('that are too few are measured for as long as it takes, as one series', async () => {
    const { spans, measure } = measuring(8)
    const { arms } = await enoughBlocks(measure, 800)
    expect(spans).toEqual([800, 800])
    expect(arms.map(({ arm, batchUs }) => [arm, batchUs.length])).toEqual([
      ['current', 200],
      ['reference', 200],
    ])
  })

  test('are measured for three times as long at most', async () => {
    const { spans, measure } = measuring(40)
    expect((await enoughBlocks(measure, 800)).arms[0]?.batchUs).toHaveLength(60)
    expect(spans).toEqual([800, 1_600])
  })

  test('that do not come at all are not waited for again', async () => {
    const { spans, measure } = measuring(4_000)
    await enoughBlocks(measure, 800)
    expect(spans).toEqual([800])
  })
})
