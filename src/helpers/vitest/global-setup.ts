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
 * Vitest calls it once, also where it watches. Every rerun is a run of its own all the same: with the beginning of the first
 * one the time of its cap would be over before long.
 *
 * @returns What is to be done when the last run is over.
 */
export default function setup(project: TestProject): () => void {
  let endRun = beginRun(project)
  project.onTestsRerun(() => {
    endRun()
    endRun = beginRun(project)
  })
  return () => endRun()
}

/** Provides what the tests of one run need. @returns Removes what that has left. */
function beginRun(project: TestProject): () => void {
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
