import type { Random } from './random.ts'

/** For tests: seeded values of the standard normal distribution (Box and Muller 1958). */
export function normalFrom(random: Random): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
