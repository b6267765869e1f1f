import { expect, test } from 'vitest'
import { proposeEach } from './propose-each.ts'
import { loadOf, measurementOf, pairOf } from './test-measurement.ts'

test('what runs can tell is proposed, and what they cannot is named with the reason', () => {
  const run = measurementOf({ pair: { state: 'same files' } })
  const { tuned, lacking } = proposeEach([run, run], ['throughput against reference', 'throughput against http'])
  expect(tuned).toMatchObject({ against: { http: { expected: 0.2, replicates: 4 } } })
  expect(tuned.reference).toBeUndefined()
  expect(lacking).toEqual([
    {
      budget: 'throughput against reference',
      reason: 'throughput against reference: no run has an A/A pair that tells its scatter',
    },
  ])
})

test('a single run tells no scatter between runs', () => {
  const run = measurementOf({ load: [{ seed: 1, clients: [loadOf('axios', 2_000), loadOf('http', 10_000)] }] })
  expect(proposeEach([run], ['throughput against http']).lacking).toMatchObject([
    { reason: 'one run does not tell how runs differ' },
  ])
})

test('every budget is proposed as it is among the others', () => {
  const run = measurementOf({ pair: pairOf({ sameFiles: true }) })
  const { tuned, lacking } = proposeEach(
    [run, run],
    ['throughput against reference', 'CPU time against reference', 'request bytes'],
  )
  expect(lacking).toEqual([])
  expect(Object.keys(tuned).toSorted()).toEqual([
    'controlRequestsPerSecond',
    'reference',
    'requestBytes',
    'solo',
    'totals',
  ])
})
