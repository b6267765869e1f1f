import type { Blocks } from './job.ts'

/**
 * A median of fewer pairs scatters by which batches were drawn: with 64 in flight an arm of axios had 55 in 800 ms, and its
 * interval within a process was nearly as wide as the scatter between processes (1.4 and 1.8 %).
 */
const enough = 200

/** For the sake of enough blocks it takes so many times its duration at most. */
const longest = 3

/**
 * Measures blocks for some time, and where batches last so long that these are fewer than 200, for up to three times as
 * long.
 *
 * @param measure Measures blocks for so many milliseconds.
 */
export async function enoughBlocks(
  measure: (durationMs: number) => Promise<Blocks>,
  durationMs: number,
): Promise<Blocks> {
  const first = await measure(durationMs)
  const blocks = first.arms[0]?.batchUs.length ?? 0
  if (blocks === 0 || blocks >= enough) return first
  return joined(first, await measure(durationMs * Math.min(enough / blocks - 1, longest - 1)))
}

/** The blocks of two spans of the same arms as one series. */
function joined({ arms }: Blocks, more: Blocks): Blocks {
  return {
    arms: arms.map(({ arm, batchUs }, place) => ({ arm, batchUs: [...batchUs, ...(more.arms[place]?.batchUs ?? [])] })),
  }
}
