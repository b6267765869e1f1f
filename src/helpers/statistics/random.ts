/** A source of numbers in [0, 1), injected wherever chance is wanted so that a seed repeats a run. */
export type Random = () => number

/**
 * A seeded generator (mulberry32 by Tommy Ettinger, public domain): 32 bits of state are plenty for drawing orders and
 * resamples, and the same seed gives the same sequence on every platform.
 *
 * @param seed Any integer; only its low 32 bits count.
 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A new array with the items in random order (Fisher and Yates, in Durstenfeld's form). */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1))
    const moved = order[last] as Item
    order[last] = order[pick] as Item
    order[pick] = moved
  }
  return order
}

/** A 32-bit seed drawn from the given source, for handing on to something that draws by itself. */
export function seedFrom(random: Random): number {
  return Math.floor(random() * 2 ** 32)
}

/** A 32-bit hash of a text (FNV-1a), for seeds and rotations that follow a name. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
