/**
 * Global set-up of a Vitest project with budgets, which `budgetProject` names; beside `wiregauge/vitest/setup` in a project by
 * hand.
 *
 * @module
 */

import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { runOptionsFrom } from '../runner/run-options.ts'
import { defaultCapFor } from '../session/cap.ts'
import { originOf } from './origin.ts'
import './context.ts'

/**
 * Draws the seed of the run, or takes `WIREGAUGE_SEED`. With
 * `WIREGAUGE_STRICT=1`, inconclusive fails everywhere. What is wrong goes on to the tests, because a throw here would end
 * the run with exit code 1.
 *
 * @returns What is to be done when the run is over.
 */
export default function setup(project: TestProject): () => void {
  const id = randomUUID()
  const startFile = path.join(os.tmpdir(), `wiregauge-started-${id}`)
  const { tagsFilter } = project.vitest.config
  const options = { capSeconds: defaultCapFor(tagsFilter), ...runOptionsFrom(process.env) }
  project.provide('wiregauge', {
    root: project.config.root,
    startFile,
    origin: originOf(project.vitest, id, options),
    ...options,
  })
  return () => rmSync(startFile, { force: true })
}
