import { describe, expect, test } from 'vitest'
import { invalidMeasurement, measurementOf } from '../../budgets/test-measurement.ts'
import { bareVerdict } from '../../budgets/test-verdict.ts'
import type { Measurement } from '../../measure/result.ts'
import { newRunRecord } from '../run-record.ts'
import { entriesOf, merged } from './merged.ts'
import { type RunDigest, runDigest } from './run-digest.ts'

/** A run at an hour with a measurement for each client. */
function run(
  hour: number,
  clients: readonly string[],
  machine: object = { class: 'tuned', node: '26.10.0' },
): RunDigest {
  const record = newRunRecord(hour)
  return runDigest(
    {
      ...record,
      startedAt: `2026-11-22T${hour}:00:00.000Z`,
      machine: { ...record.machine, ...machine },
      entries: clients.map((client) => ({ measurement: measurementOf({ client }), verdicts: [] })),
    },
    `${hour}.json`,
  )
}

/** Of each machine, what of which run belongs to the result. */
const inWords = (runs: readonly RunDigest[]) =>
  merged(runs).map(
    ({ machine, shares }) =>
      `${machine}: ${shares.map(({ run: { file }, names }) => `${file} ${[...names].join(', ')}`).join('; ')}`,
  )

test('shards of a run are put together', () => {
  expect(inWords([run(10, ['axios']), run(11, ['fetch', 'http'])])).toEqual([
    'tuned, Node 26.10.0: 11.json fetch small-4, http small-4; 10.json axios small-4',
  ])
})

test('of a client that was measured again the newest result counts', () => {
  expect(inWords([run(10, ['axios', 'http']), run(11, ['axios'])])).toEqual([
    'tuned, Node 26.10.0: 11.json axios small-4; 10.json http small-4',
  ])
})

test('a run of which nothing is the newest has no share', () => {
  expect(inWords([run(10, ['axios']), run(11, ['axios'])])).toEqual(['tuned, Node 26.10.0: 11.json axios small-4'])
})

test('machines and versions of Node are kept apart, the one with the newest run first, and none is forgotten', () => {
  const laptop = run(10, ['http'], { class: 'laptop, Node 26.10.0', node: '26.10.0' })
  const older = run(11, ['http'], { class: 'tuned', node: '24.21.0' })
  expect(inWords([laptop, older, run(12, ['axios'])])).toEqual([
    'tuned, Node 26.10.0: 12.json axios small-4',
    'tuned, Node 24.21.0: 11.json http small-4',
    'laptop, Node 26.10.0: 10.json http small-4',
  ])
})

describe('a run that was broken off', () => {
  /** axios with so many verdicts. */
  const judged = (
    hour: number,
    verdicts: number,
    state: RunDigest['state'],
    measurement: Measurement = measurementOf(),
  ) => {
    const startedAt = `2026-11-22T${hour}:00:00.000Z`
    const entries = [{ measurement, verdicts: Array.from({ length: verdicts }, () => bareVerdict()) }]
    return runDigest({ ...newRunRecord(hour), startedAt, state, entries }, `${hour}.json`)
  }
  const files = (...runs: readonly RunDigest[]) => merged(runs)[0]?.shares.map(({ run: { file } }) => file)

  test('before it judged all that a whole run judged does not take its place', () => {
    expect(files(judged(10, 2, 'complete'), judged(11, 0, 'partial'))).toEqual(['10.json'])
    expect(files(judged(10, 2, 'complete'), judged(11, 1, 'running'))).toEqual(['10.json'])
  })

  test('after that does, and so does what was invalid', () => {
    expect(files(judged(10, 2, 'complete'), judged(11, 2, 'partial'))).toEqual(['11.json'])
    expect(files(judged(10, 2, 'complete'), judged(11, 0, 'partial', invalidMeasurement()))).toEqual(['11.json'])
  })

  test('is all that there is where no whole one is', () => {
    expect(files(judged(10, 1, 'partial'), judged(11, 0, 'partial'))).toEqual(['11.json'])
    expect(files(judged(10, 2, 'complete'), judged(11, 0, 'complete'))).toEqual(['11.json'])
  })
})

test('the runs of a machine stand in the order in which they began', () => {
  const [first] = merged([run(10, ['axios']), run(11, ['http'])])
  expect(first?.runs.map(({ file }) => file)).toEqual(['10.json', '11.json'])
})

test('a share names the entries that are taken of a record', () => {
  const entries = ['axios', 'http'].map((client) => ({ measurement: measurementOf({ client }), verdicts: [] }))
  expect(entriesOf({ entries }, { names: new Set(['http small-4']) })).toEqual([entries[1]])
})
