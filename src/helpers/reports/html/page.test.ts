import { expect, test } from 'vitest'
import { judgeAgainstReference } from '../../budgets/reference-throughput.ts'
import {
  invalidMeasurement,
  judgingBy,
  measurementOf,
  pairOf,
  replicateOf,
  soloOf,
} from '../../budgets/test-measurement.ts'
import { judgeAgainstClient } from '../../budgets/throughput.ts'
import type { Entry } from '../../session/entry.ts'
import { runDigest } from '../history/run-digest.ts'
import type { MachineResult } from '../machine-result.ts'
import { newRunRecord } from '../run-record.ts'
import { hostileNamesFrom } from '../test-hostile.ts'
import { page } from './page.ts'

const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const

/** A client at a share of its reference, judged against that and http. */
function entryAt(share: number, client = 'axios'): Entry {
  const replicates = [1, 2, 3, 4, 5, 6].map(() => replicateOf(share))
  const measurement = measurementOf({
    client,
    pair: pairOf({ sameFiles: false, replicates, solo: [soloOf(share), soloOf(share)] }),
  })
  const named = measurementOf({ ...measurement, client: 'axios' })
  const load = measurement.load.map(({ seed, clients: [own, ...others] }) => ({
    seed,
    clients: [...(own === undefined ? [] : [{ ...own, client }]), ...others],
  }))
  return {
    measurement: { ...measurement, load },
    verdicts: [
      judgeAgainstReference(named, thresholds, judgingBy()),
      judgeAgainstClient(named, 'http', { tolerates: '20 %', catches: '30 %' }, judgingBy()),
    ].map((verdict) => ({ ...verdict, client })),
  }
}

/** What was measured on a machine, in so many runs, the first of which began at noon of the tenth. */
function resultOf(entries: readonly Entry[], runs = 1, machine = 'tuned, Node 26.10.0'): MachineResult {
  const record = { ...newRunRecord(7), entries }
  const digests = Array.from({ length: runs }, (_, run) =>
    runDigest({ ...record, startedAt: new Date(Date.UTC(2026, 10, 10 + run, 12)).toISOString() }, `${run}.json`),
  )
  return { machine, entries, runs: digests }
}

function pageOf(entries: readonly Entry[], runs = 1): string {
  return page({ results: [resultOf(entries, runs)], leftOut: [], exitCode: 0, proofCharts: [] })
}

test('what regressed, and by how much, stands at the top', () => {
  const text = pageOf([entryAt(1, 'http'), entryAt(0.85)])
  expect(text).toContain('<h1>1 of 4 budgets regressed</h1>')
  const first = text.slice(text.indexOf('<ul class="worst">'), text.indexOf('</li>'))
  expect(first).toContain('axios small-4')
  expect(first).toContain('throughput against reference: −15.0 %')
})

test('the worst stands first in the overview', () => {
  const invalid = { ...invalidMeasurement(), client: 'fetch' }
  const text = pageOf([entryAt(1, 'http'), entryAt(0.85), { measurement: invalid, verdicts: [] }])
  const verdicts = [...text.matchAll(/<tr [^>]*data-verdict="([^"]*)"/g)].map(([, verdict]) => verdict)
  expect(verdicts).toEqual(['invalid', 'regressed', 'pass'])
})

test('every budget that scatters has a picture with words and a table, and no other', () => {
  const text = pageOf([entryAt(0.85)])
  expect(text.match(/<figure>/g)?.length).toBeGreaterThanOrEqual(2)
  expect(text.match(/<svg role="img" aria-label="/g)?.length).toBe(text.match(/<figure>/g)?.length)
  expect(text).toContain('Figures as a table')
})

test('nothing is fetched from anywhere', () => {
  const text = pageOf([entryAt(0.85)], 3)
  const addresses = [...text.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]*)\)/g)].map(([, one, two]) => one ?? two)
  expect(addresses.filter((address) => !address?.startsWith('#'))).toEqual([])
  expect(text.includes('content="default-src &#39;none&#39;;')).toBe(true)
})

test.each(hostileNamesFrom(1, 20))('the name %j stays text', (name) => {
  const text = pageOf([entryAt(0.85, name)], 2)
  expect(text).not.toContain('<script>alert')
  expect(text.match(/<script/g)).toHaveLength(1)
  const tags = new Set([...text.matchAll(/<\/?([a-z][\w-]*)/gi)].map(([, tag]) => tag))
  for (const tag of ['img', 'b', 'code', 'a.b']) expect(tags).not.toContain(tag)
})

test('a history is drawn from two runs on', () => {
  expect(pageOf([entryAt(1)], 1)).not.toContain('id="history"')
  expect(pageOf([entryAt(1)], 2)).toContain('id="history"')
})

test('a long history is drawn with few points, and every change of version', () => {
  const [long, short] = [300, 60].map((runs) => pageOf([entryAt(1)], runs))
  expect(long?.length).toBeLessThan((short?.length ?? 0) * 1.2)
  expect(long).toContain('(1.21.1)')
})

test('many that did not pass are a few at the top, and the others a click away', () => {
  const text = pageOf([0.7, 0.75, 0.8, 0.85, 0.9].map((share, place) => entryAt(share, `client-${place}`)))
  expect(text).toContain('<h1>5 of 10 budgets regressed</h1>')
  const many = pageOf(Array.from({ length: 12 }, (_, place) => entryAt(0.8, `client-${place}`)))
  expect(many).toContain('4 more that did not pass')
})

test('what passed is closed, and what did not is open', () => {
  const text = pageOf([entryAt(1, 'http'), entryAt(0.85)])
  expect(text).toMatch(/<details class="measurement" data-section="m0-http%20small-4">/)
  expect(text).toMatch(/<details class="measurement" data-section="m0-axios%20small-4" open>/)
})

test('every link leads to something, and every name is there once', () => {
  const machines = ['one', 'two'].map((machine) => resultOf([entryAt(0.85), entryAt(1, 'a b')], 2, machine))
  const text = page({
    results: machines,
    leftOut: [{ file: 'x.json', reason: 'is none' }],
    exitCode: 0,
    proofCharts: [],
  })
  const names = [...text.matchAll(/ id="([^"]*)"/g)].map(([, name]) => name)
  expect(new Set(names).size).toBe(names.length)
  const links = [...text.matchAll(/href="#([^"]*)"/g)].map(([, name]) => name)
  expect(links.filter((link) => !names.includes(link))).toEqual([])
  expect(text).toContain('<li>x.json is none</li>')
})

test('machines are told apart where there are several', () => {
  const results = ['one', 'two'].map((machine) => resultOf([entryAt(1)], 2, machine))
  const text = page({ results, leftOut: [], exitCode: 0, proofCharts: [] })
  expect(text).toContain('<th scope="col" class="text">machine</th>')
  expect(text.match(/<h3>(?:one|two)<\/h3>/g)).toHaveLength(4)
  expect(pageOf([entryAt(1)])).not.toContain('<th scope="col" class="text">machine</th>')
})

test('a result without anything is a page all the same', () => {
  expect(pageOf([])).toContain('<h1>Nothing regressed: 0 budgets of 0 measurements</h1>')
})
