import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import schema from '../../helpers/reports/bisect.schema.json' with { type: 'json' }
import { randomFrom } from '../../helpers/statistics/random.ts'
import { bisect } from './bisect.ts'
import { aboutOf, type Found, recordOf } from './bisect-record.ts'
import type { BisectResult } from './bisect-result.ts'
import { candidatesFrom, measuring, stepOf, versionsOf } from './test-history.ts'

const validate = new Ajv2020().compile(schema)
const about = aboutOf(
  { client: 'axios', scenario: 'small-4' },
  { seed: 7, machine: { class: 'own' } as never, startedAtMs: Date.UTC(2026, 10, 23) },
)

function recorded(found: Found) {
  const record = JSON.parse(JSON.stringify(recordOf(about, found)))
  validate(record)
  expect(validate.errors ?? []).toEqual([])
  return record
}

/** A search of versions with such log speeds, and what was kept of it after every step. */
async function searched(speeds: readonly (number | undefined)[], scatter = 0) {
  const versions = versionsOf(speeds.length)
  const known = new Map(
    versions.flatMap((version, place) => (speeds[place] === undefined ? [] : [[version, speeds[place]]])),
  )
  const kept: BisectResult[] = []
  const measure = measuring(known, scatter, randomFrom(5))
  const result = await bisect(candidatesFrom(versions), { measure, onStep: (_, soFar) => kept.push(soFar) })
  return [...kept, result].map((each) => recorded({ kind: 'bisect', ...each }))
}

test('a search and all that was kept of it is of the schema, with date, seed, machine and exit code', async () => {
  const records = [
    ...(await searched([0, 0, undefined, -1, -1])),
    ...(await searched([0, 0])),
    ...(await searched([0, -0.03, -0.06], 0.2)),
    ...(await searched([0, -0.03, -0.2], 0.01)),
    ...(await searched([0, undefined, -1])),
    ...(await searched([0, undefined])),
  ]
  const kinds = new Set(records.map(({ outcome }) => outcome.kind))
  expect([...kinds].sort()).toEqual(['culprit', 'cut', 'no regression', 'not measurable', 'suspects', 'undecided'])
  expect(records[0]).toMatchObject({
    schemaVersion: 1,
    kind: 'bisect',
    client: 'axios',
    scenario: 'small-4',
    date: '2026-11-23T00:00:00.000Z',
    seed: 7,
    machine: 'own',
    exitCode: 130,
  })
})

test('a history is of the schema, also one that was cut', () => {
  const step = stepOf(-0.1, 0.01)
  if (step.state === 'not measurable') throw new Error('it has no throughput')
  const points = [
    { version: '1.0.0', throughput: step.throughput, allocatedBytes: 1_000 },
    { version: '1.1.0', reason: 'it crashed' },
  ]
  expect(recorded({ kind: 'history', points }).exitCode).toBe(3)
  expect(recorded({ kind: 'history', points, cut: { interrupted: true, reason: 'ended' } }).exitCode).toBe(130)
})

test.each([{ kind: 'bisect' }, { kind: 'history', points: [{ version: '1.0.0' }] }])(
  'what lacks something is not of the schema: %j',
  (record) => {
    expect(validate({ ...recordOf(about, { kind: 'history', points: [] }), ...record })).toBe(false)
  },
)
