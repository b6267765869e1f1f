import { expect, test } from 'vitest'
import { threeWayRecord, threeWayReplicate } from '../three-way/test-three-way.ts'
import { threeWayGroups } from './three-way-groups.ts'

test('there is a chart for each scenario, with ratios, their intervals, and a table', () => {
  const replicates = [threeWayReplicate(1), threeWayReplicate(1.1), threeWayReplicate(1, 'burst-512-tls')]
  const [group] = threeWayGroups(threeWayRecord({ replicates }))
  expect(group?.charts.map(({ title }) => title)).toEqual([
    'burst-512: throughput against axios',
    'burst-512-tls: throughput against axios',
  ])
  const [chart] = group?.charts ?? []
  expect(chart?.table.rows[0]).toEqual(['axios', '1', '250.0', '250.0', '4,000'])
  expect(chart?.table.rows[1]).toEqual([
    'undici-request',
    expect.stringMatching(/^3\.15 × \(\d\.\d\d … \d\.\d\d\)$/),
    '250.0',
    '250.0',
    '12,600',
  ])
  expect(chart?.picture.text).toContain('>3.15 ×<')
})

test('it says what was compared, where and when', () => {
  expect(threeWayGroups(threeWayRecord())[0]?.notes).toEqual([
    'axios (slow client), undici-request (fast client), axios-undici (slow client on the fast transport): in one run, in processes of their own that took turns',
    'tuned · axios 1.21.1 · undici 8.12.4 · 2026-11-23 18:44 UTC',
  ])
})

test('where nothing can be compared there is nothing', () => {
  expect(threeWayGroups(threeWayRecord({ replicates: [] }))).toEqual([])
})
