import type { TestProject } from 'vitest/node'
import { runOptionsFrom } from './run-options.ts'
import './context.ts'

/**
 * Global set-up of a Vitest project with budgets: draws the seed of the run, or takes `WIREGAUGE_SEED`. With
 * `WIREGAUGE_STRICT=1`, inconclusive fails everywhere. What is wrong goes on to the tests, because a throw here would end
 * the run with exit code 1.
 */
export default function setup(project: TestProject): void {
  project.provide('wiregauge', { root: project.config.root, ...runOptionsFrom(process.env) })
}
