import { randomInt } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import './context.ts'

/**
 * Global set-up of a Vitest project with budgets: draws the seed of the run, or takes `WIREGAUGE_SEED`. With
 * `WIREGAUGE_STRICT=1`, inconclusive fails everywhere.
 */
export default function setup(project: TestProject): void {
  const { WIREGAUGE_SEED: given, WIREGAUGE_STRICT: strict } = process.env
  const seed = given === undefined ? randomInt(2 ** 31) : Number(given)
  project.provide('wiregauge', { root: project.config.root, seed, strict: strict === '1' })
}
