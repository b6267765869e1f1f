import path from 'node:path'
import { expect, test } from 'vitest'
import {
  budgetFileOf,
  invalidMeasurement,
  measurementOf,
  pairOf,
  replicateOf,
} from '../../helpers/budgets/test-measurement.ts'
import { axios } from '../../helpers/clients/axios.ts'
import { fetchClient } from '../../helpers/clients/fetch.ts'
import { undiciDefault } from '../../helpers/clients/undici-default.ts'
import { undiciRequest } from '../../helpers/clients/undici-request.ts'
import type { MeasurementPlan } from '../../helpers/measure/measurement.ts'
import type { Measurement } from '../../helpers/measure/result.ts'
import { sequential, smallJson } from '../../helpers/scenarios/list.ts'
import { recordedMeasurement } from '../../helpers/session/measured.ts'
import { readNoise } from '../../helpers/session/noise-history.ts'
import { openSession } from '../../helpers/session/session.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import { testFolder } from '../../helpers/trees/test-folder.ts'
import { keepNoise, measureNoise } from './noise.ts'
import type { ComparedSubject } from './subjects.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const tuned = budgetFileOf().clients['axios']?.['small-4'] ?? {}
const budgets = { ...budgetFileOf(), clients: { axios: { 'small-4': tuned, sequential: tuned } } }
const small = smallJson({ inFlight: 4 })
const side = { name: 'main', tree: root, code: root }

/** The noise by one measurement, and the plans that were measured. */
async function noiseOf(subjects: readonly ComparedSubject[], seed: number, measurement: Measurement) {
  const plans: MeasurementPlan[] = []
  const session = openSession({ project: projectAt(root), seed, say: () => {} }, budgets)
  const signal = new AbortController().signal
  const sides = { base: side, head: { ...side, name: 'other', tree: '/other' } }
  const noise = await measureNoise({ session, sides, subjects, signal }, async (_, plan) => {
    plans.push(plan)
    return recordedMeasurement(measurement)
  })
  return { noise, plans }
}

const equal = measurementOf({
  pair: pairOf({ sameFiles: true, replicates: [replicateOf(1.02), replicateOf(1 / 1.02)] }),
})

test('the noise is that of the base with itself', async () => {
  const { noise, plans } = await noiseOf([{ client: axios, scenario: small }], 7, equal)
  expect(noise).toBeCloseTo(0.02)
  expect(plans[0]).toMatchObject({ tree: root, pair: { referenceTree: root, sameFiles: true, solo: false } })
})

test('what is measured rotates with the seed among what was tuned and can be paired', async () => {
  const subjects = [
    { client: fetchClient, scenario: small },
    { client: undiciDefault, scenario: small },
    { client: undiciRequest, scenario: small },
    { client: axios, scenario: small },
    { client: axios, scenario: sequential },
  ]
  const drawn = new Set<string>()
  for (const seed of [0, 1, 2, 3]) {
    const { plans } = await noiseOf(subjects, seed, equal)
    for (const { client, scenario } of plans) drawn.add(`${client.name} ${scenario.name}`)
  }
  expect([...drawn]).toEqual(['axios small-4', 'axios sequential'])
})

test('there is none where nothing can be paired, and where the work was not the work', async () => {
  expect(await noiseOf([{ client: fetchClient, scenario: small }], 7, equal)).toEqual({ noise: undefined, plans: [] })
  expect((await noiseOf([{ client: axios, scenario: small }], 7, invalidMeasurement())).noise).toBeUndefined()
})

test('the pairs of a run are kept for later ones, with the machine and Node that they were measured on', () => {
  using folder = testFolder()
  const session = openSession({ project: projectAt(folder.root), seed: 7, say: expect.unreachable }, budgets)
  session.nullHistory.add(equal, tuned)
  keepNoise(session)
  expect(readNoise(session.project.reports, expect.unreachable)).toEqual([
    {
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      machine: session.machine.class,
      node: process.versions.node,
      client: 'axios',
      scenario: 'small-4',
      logRatios: [expect.closeTo(Math.log(1.02)), expect.closeTo(-Math.log(1.02))],
    },
  ])
})
