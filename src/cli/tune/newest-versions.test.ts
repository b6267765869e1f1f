import { expect, test } from 'vitest'
import { countsOf, loadOf } from '../../helpers/budgets/test-measurement.ts'
import { ofNewestVersions } from './newest-versions.ts'
import { nullOf } from './test-tuning.ts'

const loadAt = (client: string, version: string) => loadOf(client, 2_000, { counts: countsOf(client, { version }) })
const at = (client: string, version: string) =>
  nullOf(undefined, { client, load: [{ seed: 1, clients: [loadAt(client, version)] }] })

test('of every client the version of the newest run counts, and what was measured of others is told', () => {
  const old = { startedAt: '2026-11-01', measurements: [at('axios', '1.20.0'), at('node-fetch', '3.3.2')] }
  const recent = { startedAt: '2026-11-20', measurements: [at('axios', '1.21.1')] }
  const { runs, setAside } = ofNewestVersions([old, recent])
  expect(runs.map(({ measurements }) => measurements.map(({ client }) => client))).toEqual([['node-fetch'], ['axios']])
  expect(setAside).toEqual(['set aside (measurements: 1): axios of version 1.20.0; the newest run has 1.21.1'])
})

test('so does the version of every client that it is measured beside', () => {
  const beside = (day: number, version: string) => {
    const clients = [loadAt('axios-msw', '3.0.5'), loadAt('axios', version)]
    const measurements = [nullOf(undefined, { client: 'axios-msw', load: [{ seed: 1, clients }] })]
    return { startedAt: `2026-11-2${day}`, measurements }
  }
  const { runs, setAside } = ofNewestVersions([beside(0, '1.20.0'), beside(1, '1.20.0'), beside(2, '1.21.1')])
  expect(runs.map(({ measurements }) => measurements.length)).toEqual([0, 0, 1])
  expect(setAside).toEqual([
    'set aside (measurements: 2): axios-msw beside axios of version 1.20.0; the newest run has 1.21.1',
  ])
})

test('what has no version is kept', () => {
  const run = {
    startedAt: '2026-11-20',
    measurements: [nullOf(undefined, { load: [], pair: { state: 'same files' } })],
  }
  expect(ofNewestVersions([run])).toEqual({ runs: [run], setAside: [] })
})
