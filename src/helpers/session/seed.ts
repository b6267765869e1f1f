import { randomInt } from 'node:crypto'

/** Seeds are below it: as many as can be drawn and typed again. */
const seeds = 2 ** 31

/** What a seed is, for messages. */
export const seedRange = `a whole number from 0 to ${seeds - 1}`

export function drawSeed(): number {
  return randomInt(seeds)
}

/** The seed that somebody typed, or undefined when it is none. */
export function seedIn(text: string): number | undefined {
  const seed = /^\d+$/.test(text) ? Number(text) : seeds
  return seed < seeds ? seed : undefined
}
