import { afterEach, beforeEach, expect, inject } from 'vitest'
import { tunedFor } from '../budgets/budget-file.ts'
import { incompleteness } from '../budgets/completeness.ts'
import type { Entry } from '../session/entry.ts'
import { currentSession, openSession, provideSession } from '../session/session.ts'
import { projectAt } from '../trees/project.ts'
import './context.ts'
import { budgetMatchers } from './matchers.ts'

/** Set-up file of a Vitest project with budgets: the matchers, and the session that `measure` works in. */
expect.extend(budgetMatchers)

let entries: (Entry & { verdicts: Entry['verdicts'][number][] })[] = []

const { root, seed, strict } = inject('wiregauge')
const session = () =>
  openSession({
    project: projectAt(root),
    seed,
    strict,
    say: (message) => process.stderr.write(`wiregauge: ${message}\n`),
    onMeasurement: (measurement) => entries.push({ measurement, verdicts: [] }),
    onVerdict: (measurement, verdict) =>
      entries.find((entry) => entry.measurement === measurement)?.verdicts.push(verdict),
  })
provideSession(session)

beforeEach(({ task }) => {
  entries = []
  task.meta.wiregauge = entries
})

afterEach(({ task }) => {
  // A test that failed for another reason did not come to state all of its budgets.
  if (task.result?.state === 'fail') return
  for (const { measurement, verdicts } of entries) {
    const tuned = tunedFor(currentSession().budgets, measurement.client, measurement.scenario)
    const problem = incompleteness(measurement, verdicts, tuned)
    if (problem !== undefined) throw problem
  }
})
