import type { TunedScenario } from '../budgets/budget-file.ts'
import { budgetFileOf, loadOf, measurementOf, pairOf, replicateOf, soloOf } from '../budgets/test-measurement.ts'
import { axios } from '../clients/axios.ts'
import { gateEffort } from '../measure/effort.ts'
import type { MeasurementPlan } from '../measure/measurement.ts'
import type { CompletedMeasurement } from '../measure/result.ts'
import { smallJson } from '../scenarios/list.ts'
import { projectAt } from '../trees/project.ts'
import { openSession, provideSession, type SessionOptions } from './session.ts'

/** A session that asks for nothing that is not given; its looks are the stand-ins' above. */
export function begin(options: Partial<SessionOptions> = {}, entries?: TunedScenario) {
  const told: string[] = []
  const session = openSession(
    {
      project: projectAt('/no-such-project'),
      seed: 1,
      spreadMs: 0,
      say: (message) => told.push(message),
      onStart: (client, scenario) => told.push(`${client} ${scenario}`),
      onMeasurement: (measurement) => {
        if (measurement.state === 'completed') told.push(`measured, ${measurement.load.length} under load`)
      },
      ...options,
    },
    budgetFileOf(entries),
  )
  provideSession(() => session)
  return { session, told }
}

/** A measurement of http with so many replicates under load. */
export function loadedTimes(replicates: number): CompletedMeasurement {
  const load = Array.from({ length: replicates }, (_, seed) => ({ seed, clients: [loadOf('http', 10_000)] }))
  return measurementOf({ client: 'http', pair: { state: 'no reference', reason: 'none', treeChanged: false }, load })
}

/** A measurement of a changed client with so many replicates of its pair, and of the arms alone. */
export function paired(given: {
  pairs: number
  solos: number
  durationMs?: number
  share?: number
  sameFiles?: boolean
}) {
  const { pairs, solos, share = 1, sameFiles = false, durationMs = 0 } = given
  return measurementOf({
    durationMs,
    pair: pairOf({
      sameFiles,
      replicates: Array.from({ length: pairs }, () => replicateOf(share)),
      solo: Array.from({ length: solos }, () => soloOf(share)),
    }),
    load: [],
  })
}

/** A plan of a client whose tree differs from its reference. */
export const changedPlan: MeasurementPlan = {
  client: axios,
  scenario: smallJson({ inFlight: 4 }),
  beside: [],
  underLoad: false,
  withWire: false,
  tree: '/head',
  pair: { state: 'measured', sameFiles: false, referenceTree: '/reference', solo: true },
  seed: 5,
  effort: gateEffort,
  first: ['pair'],
  signal: new AbortController().signal,
}
