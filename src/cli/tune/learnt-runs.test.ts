import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadOf, measurementOf } from '../../helpers/budgets/test-measurement.ts'
import { learntRuns } from './learnt-runs.ts'
import { whereaboutsOf } from './reason-against.ts'
import { nullOf, recordOf } from './test-tuning.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-learnt-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const here = whereaboutsOf(recordOf())
const big = { ...recordOf().machine, class: 'big' }

/** Files with these runs, a day apart. */
function filesWith(...records: readonly ReturnType<typeof recordOf>[]): readonly string[] {
  return records.map((record, day) => {
    const file = path.join(root, `${day}.json`)
    writeFileSync(file, JSON.stringify({ ...record, startedAt: `2026-11-2${day}T10:00:00.000Z` }))
    return file
  })
}

test('runs of this machine are learnt from, with raw batch times, and others are left out as groups', () => {
  const files = filesWith(recordOf(), recordOf(undefined, { machine: big }), recordOf())
  const { runs, leftOut, place } = learntRuns(files, { here })
  expect(runs.map(({ startedAt }) => startedAt.slice(0, 10))).toEqual(['2026-11-20', '2026-11-22'])
  const [pair] = runs.map(({ measurements }) => measurements[0]?.pair)
  expect(pair?.state === 'measured' && pair.replicates[0]?.blocks.arms[0]?.batchUs).toHaveLength(1)
  expect(leftOut).toEqual([
    expect.objectContaining({ others: `1 run of big, Node ${here.node}; --machine big tunes by it` }),
  ])
  expect(place?.machine.class).toBe(here.machine)
})

test('runs of the machine that is named are learnt from, and tell where they were measured', () => {
  const files = filesWith(recordOf(), recordOf(undefined, { machine: big }))
  const { runs, place } = learntRuns(files, { here, machine: 'big' })
  expect(runs).toHaveLength(1)
  expect(place?.machine).toEqual(big)
  expect(learntRuns(files, { here, machine: 'nobody' })).toMatchObject({ runs: [], told: [] })
})

test('a run that is red, invalid or broken off is left out whole', () => {
  const files = filesWith(recordOf(undefined, { exitCode: 1 }))
  expect(learntRuns(files, { here })).toEqual({
    runs: [],
    leftOut: [{ file: files[0], reason: 'ended with exit code 1' }],
    told: [],
  })
})

test('of a run what was measured on a noisy machine is left out, and the rest is learnt from', () => {
  const noisy = nullOf(undefined, { client: 'undici-request', machineState: { loadAverage: 1, stealShare: 0.4 } })
  const files = filesWith(recordOf([noisy, nullOf()]))
  const { runs, leftOut } = learntRuns(files, { here })
  expect(runs[0]?.measurements.map(({ client }) => client)).toEqual(['axios'])
  expect(leftOut).toEqual([
    { file: files[0], part: 'undici-request small-4', reason: "40 % of the cores' time was stolen" },
  ])
})

test('of a run one pair with a reference of other files is left out, and the other clients are learnt from', () => {
  const files = filesWith(recordOf([measurementOf(), nullOf(undefined, { client: 'undici-request' })]))
  const { runs, leftOut } = learntRuns(files, { here })
  expect(runs[0]?.measurements.map(({ client, pair }) => `${client}: ${pair.state}`)).toEqual([
    'axios: no reference',
    'undici-request: measured',
  ])
  expect(leftOut).toEqual([expect.objectContaining({ part: 'axios small-4' })])
  expect(learntRuns(files, { here, trees: 'any' }).leftOut).toEqual([])
})

test('a control that was far slower in one of the runs is told', () => {
  const at = (rate: number) => {
    const load = [{ seed: 1, clients: [loadOf('axios', rate / 5), loadOf('http', rate)] }]
    return recordOf([nullOf(undefined, { load })])
  }
  expect(learntRuns(filesWith(at(10_000), at(3_000)), { here }).told).toEqual([
    expect.stringContaining('in that of 2026-11-21T10:00:00.000Z'),
  ])
})
