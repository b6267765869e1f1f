import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  budgetFileOf,
  measurementOf,
  pairOf,
  replicateOf,
  tunedThroughout,
} from '../../helpers/budgets/test-measurement.ts'
import { axios } from '../../helpers/clients/axios.ts'
import { smallJson } from '../../helpers/scenarios/list.ts'
import { recordedMeasurement } from '../../helpers/session/measured.ts'
import { openSession } from '../../helpers/session/session.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import { compareOne } from './compare-one.ts'
import { fileName, profileJob, requestsFor } from './explain.ts'

const root = path.resolve(import.meta.dirname, '../../..')

describe('profiles', () => {
  test.each([
    ['axios', 'axios'],
    ['../../etc/passwd', '_._.._etc_passwd'],
    ['a b\u0000c', 'a_b_c'],
    ['.hidden', '_hidden'],
  ])('of %j are in files named %s', (name, file) => {
    expect(fileName(name)).toBe(file)
  })

  test('hold as many requests of an arm as there is time for, however slow the other is', () => {
    const requestsAt = (batchUs: number, batchRequests: number) => {
      const replicate = replicateOf(1)
      const arms = replicate.blocks.arms.map((each) => ({ ...each, batchUs: [each.arm === 'current' ? batchUs : 1e6] }))
      const measurement = measurementOf({ pair: pairOf({ replicates: [{ ...replicate, blocks: { arms } }] }) })
      return requestsFor(measurement, 'current', batchRequests)
    }
    expect(requestsAt(50, 4)).toBe(50_000)
    expect(requestsAt(4_000, 4)).toBe(1_500)
    expect(requestsAt(400_000, 1)).toBe(50)
  })

  test('are taken of one arm by itself, as warm as when it was measured', async () => {
    const session = openSession({ project: projectAt(root), seed: 7, say: () => {} }, budgetFileOf(tunedThroughout))
    const side = { name: 'working tree', tree: root, code: root }
    const subject = { client: axios, scenario: smallJson({ inFlight: 4 }) }
    const pair = pairOf({ replicates: [replicateOf(1)] })
    const { plan } = await compareOne(
      {
        session,
        sides: { base: side, head: side },
        subject,
        stated: undefined,
        because: [],
        signal: new AbortController().signal,
      },
      async () => recordedMeasurement(measurementOf({ client: 'axios', pair, load: [] })),
    )
    const arm = { name: 'current', tree: root }
    const { arms, warmUp } = profileJob(plan, arm)
    expect(arms).toEqual([arm])
    expect(warmUp).toEqual({ by: 'batches', durationMs: plan.effort.pair.warmUpMs })
    expect(warmUp.durationMs).toBeGreaterThan(0)
  })
})
