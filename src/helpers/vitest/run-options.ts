import { drawSeed, seedIn, seedRange } from '../session/seed.ts'

/** How a run was asked for in the environment. */
export interface RunOptions {
  /** Everything drawn in the run follows from it. */
  readonly seed: number
  readonly strict: boolean
  /** What is wrong with the environment; the first session that is opened fails with it. */
  readonly problem?: string
}

/** Reads `WIREGAUGE_SEED`, by default drawn, and `WIREGAUGE_STRICT`. */
export function runOptionsFrom(environment: NodeJS.ProcessEnv): RunOptions {
  const { WIREGAUGE_SEED: given, WIREGAUGE_STRICT: strict = '' } = environment
  const seed = given === undefined ? drawSeed() : seedIn(given)
  if (seed === undefined) return { seed: 0, strict: false, problem: wrong('WIREGAUGE_SEED', given, seedRange) }
  if (!['1', '0', ''].includes(strict)) {
    return { seed, strict: false, problem: wrong('WIREGAUGE_STRICT', strict, "'1', '0' or nothing") }
  }
  return { seed, strict: strict === '1' }
}

function wrong(variable: string, value: string | undefined, expected: string): string {
  return `${variable} is ${JSON.stringify(value)}; expected ${expected}`
}
