import { expect, test } from 'vitest'
import { judgeAgainstReference } from '../../budgets/reference-throughput.ts'
import { invalidMeasurement, judgingBy, measurementOf, pairAt } from '../../budgets/test-measurement.ts'
import { judgeAgainstClient } from '../../budgets/throughput.ts'
import { restsOnScatter, type Verdict } from '../../budgets/verdict.ts'
import type { Entry } from '../../session/entry.ts'
import { runDigest } from '../history/run-digest.ts'
import { type Lacks, nothingLacks } from '../lacks.ts'
import type { MachineResult } from '../machine-result.ts'
import { newRunRecord } from '../run-record.ts'
import { entryOf } from '../test-entry.ts'
import { hostileNamesFrom } from '../test-hostile.ts'
import { type PageContent, page } from './page.ts'

const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const

/** A client at a share of its reference, judged against that and http. */
function entryAt(share: number, client = 'axios'): Entry {
  const measurement = measurementOf({ pair: pairAt(share) })
  const verdicts = [
    judgeAgainstReference(measurement, thresholds, judgingBy()),
    judgeAgainstClient(measurement, 'http', { tolerates: '20 %', catches: '30 %' }, judgingBy()),
  ]
  return entryOf(client, { measurement, verdicts })
}

/** What was measured on a machine, in so many runs, the first of which began at noon of the tenth. */
function resultOf(entries: readonly Entry[], runs = 1, machine = 'tuned, Node 26.10.0'): MachineResult {
  const record = { ...newRunRecord(7), entries }
  const digests = Array.from({ length: runs }, (_, run) =>
    runDigest({ ...record, startedAt: new Date(Date.UTC(2026, 10, 10 + run, 12)).toISOString() }, `${run}.json`),
  )
  return { machine, entries, runs: digests }
}

/** What a page shows that has results and nothing else. */
const content: PageContent = { results: [], leftOut: [], lacks: nothingLacks, exitCode: 0, threeWay: [], proof: [] }

function pageOf(entries: readonly Entry[], runs = 1, lacks: Lacks = nothingLacks): string {
  return page({ ...content, results: [resultOf(entries, runs)], lacks })
}

/** Items of the list at the top, with tags. */
const worstOf = (text: string) => [...text.matchAll(/<li class="is-[^>]*>.*?<\/li>/g)].map(([item]) => item)

/** A part of the page, from its beginning to its end. */
function sectionOf(text: string, id: string): string {
  const from = text.indexOf(`<section id="${id}"`)
  return from === -1 ? '' : text.slice(from, text.indexOf('</section>', from))
}

test('what regressed, and by how much, stands at the top', () => {
  const text = pageOf([entryAt(1, 'http'), entryAt(0.85)])
  expect(text).toContain('<h1>1 of 4 budgets regressed</h1>')
  const [first] = worstOf(text)
  expect(first).toContain('axios small-4')
  expect(first).toContain('throughput against reference: −15.0 %')
  expect(first).toContain('compared: current 1.21.1 with reference 1.21.0')
})

test('what the result lacks stands before what is red, and in the headline', () => {
  const lacks = {
    missing: ['budgets for fetch small-64, which was not measured'],
    cut: ['the run of today is partial'],
  }
  const text = pageOf([entryAt(0.85)], 1, lacks)
  expect(text).toContain(
    '<h1>1 of 2 budgets regressed, 1 measurement missing or not judged, the run of today is partial',
  )
  const [missing, cut, red] = worstOf(text)
  expect(missing).toContain('not whole</span>: budgets for fetch small-64, which was not measured')
  expect(cut).toContain('not whole</span>: the run of today is partial')
  expect(red).toContain('regressed')
  expect(pageOf([entryAt(1)], 1, lacks)).toContain('<h1>Not whole: 1 measurement missing')
})

test('a count that is wrong is off by so many, and by no percentage', () => {
  const { measurement, verdicts } = entryAt(1)
  const connections: Partial<Verdict> = {
    state: 'regressed',
    budget: 'connections',
    measured: { estimate: 5_000, low: 5_000, high: 5_000, level: 1 },
    unit: 'connections',
    expected: 4,
    tolerates: 4,
    catches: 4,
  }
  const [pass] = verdicts
  const [first] = worstOf(pageOf([{ measurement, verdicts: [{ ...(pass as Verdict), ...connections }] }]))
  expect(first).toContain('connections: +4,996, measured 5,000 connections')
})

test('of what passed, the nearest to red stands first, and the better the further down', () => {
  const text = pageOf([entryAt(1.3, 'improved'), entryAt(1, 'equal'), entryAt(0.987, 'nearly')])
  const names = [...sectionOf(text, 'overview').matchAll(/data-name="(\S+) small-4"/g)].map(([, name]) => name)
  expect(names).toEqual(['nearly', 'improved', 'equal'])
})

test('leagues never stand in one table', () => {
  const { measurement, verdicts } = entryAt(1, 'shipped')
  const shipped: Entry = { measurement: { ...measurement, league: 'as shipped' }, verdicts }
  const overview = sectionOf(pageOf([entryAt(1), shipped, entryAt(1, 'fetch')]), 'overview')
  const tables = overview.split('</table>').slice(0, -1)
  const namesIn = (table: string) => [...table.matchAll(/data-name="(\S+) small-4"/g)].map(([, name]) => name)
  expect(tables.map(namesIn)).toEqual([['axios', 'fetch'], ['shipped']])
  expect(overview.match(/<h3>(?:equalised|as shipped)<\/h3>/g)).toHaveLength(2)
  expect(sectionOf(pageOf([entryAt(1)]), 'overview')).not.toContain('<h3>')
})

test('what is not of the newest run says when it was measured', () => {
  const old = entryAt(0.85)
  const startedAt = '2026-11-09T10:00:00.000Z'
  const older: Entry = { ...old, measurement: { ...old.measurement, startedAt } }
  const recent = entryAt(0.85, 'fetch')
  const fresh: Entry = { ...recent, measurement: { ...recent.measurement, startedAt: '2026-11-10T12:00:01.000Z' } }
  const text = pageOf([older, fresh])
  expect(worstOf(text).map((item) => item.includes('(measured 2026-11-09 10:00 UTC)'))).toEqual([true, false])
  expect(sectionOf(text, 'overview').match(/2026-11-09 10:00 UTC/g)).toHaveLength(1)
  expect(text).toContain('measured 2026-11-09 10:00 UTC, not in the newest run')
})

test('the worst stands first in the overview', () => {
  const invalid = { ...invalidMeasurement(), client: 'fetch' }
  const text = pageOf([entryAt(1, 'http'), entryAt(0.85), { measurement: invalid, verdicts: [] }])
  const verdicts = [...text.matchAll(/<tr [^>]*data-verdict="([^"]*)"/g)].map(([, verdict]) => verdict)
  expect(verdicts).toEqual(['invalid', 'regressed', 'pass'])
})

test('every budget that scatters has a picture with words and a table, and no other', () => {
  const { measurement, verdicts } = entryAt(0.85)
  const [scattering] = verdicts
  const counted: Partial<Verdict> = {
    budget: 'connections',
    measured: { estimate: 4, low: 4, high: 4, level: 1 },
    unit: 'connections',
  }
  const all = [...verdicts, { ...(scattering as Verdict), ...counted }]
  const budgets = sectionOf(pageOf([{ measurement, verdicts: all }]), 'budgets')
  const captions = [...budgets.matchAll(/<figcaption>(.*?)<\/figcaption>/g)].map(([, caption]) => caption)
  expect(captions).toEqual(all.filter(restsOnScatter).map(({ budget, state }) => `${budget}: ${state}`))
  expect(captions).toEqual(['throughput against reference: regressed', 'throughput against http: pass'])
  expect(budgets.match(/<svg role="img" aria-label="/g)).toHaveLength(captions.length)
  expect(budgets.match(/<summary>Figures as a table/g)).toHaveLength(captions.length)
})

test('nothing is fetched from anywhere', () => {
  const text = pageOf([entryAt(0.85)], 3)
  const addresses = [...text.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]*)\)/g)].map(([, one, two]) => one ?? two)
  expect(addresses.filter((address) => !address?.startsWith('#'))).toEqual([])
  expect(text.includes('content="default-src &#39;none&#39;;')).toBe(true)
})

test.each(hostileNamesFrom(1, 20))('the name %j stays text', (name) => {
  const text = pageOf([entryAt(0.85, name)], 2)
  expect(text.match(/<\/?(?:script|style)\b/g)).toHaveLength(4)
  const tags = new Set([...text.matchAll(/<\/?([a-z][\w-]*)/gi)].map(([, tag]) => tag))
  for (const tag of ['img', 'b', 'code', 'a.b']) expect(tags).not.toContain(tag)
})

test('a history is drawn from two runs on', () => {
  expect(pageOf([entryAt(1)], 1)).not.toContain('id="history"')
  expect(pageOf([entryAt(1)], 2)).toContain('id="history"')
})

test('a long history takes hardly more room than a short one', () => {
  const [long, short] = [300, 60].map((runs) => pageOf([entryAt(1)], runs))
  expect(long?.length).toBeLessThan((short?.length ?? 0) * 1.2)
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
  const text = page({ ...content, results: machines, leftOut: [{ file: 'x.json', reason: 'is none' }] })
  const names = [...text.matchAll(/ id="([^"]*)"/g)].map(([, name]) => name)
  expect(new Set(names).size).toBe(names.length)
  const links = [...text.matchAll(/href="#([^"]*)"/g)].map(([, name]) => name)
  expect(links.filter((link) => !names.includes(link))).toEqual([])
  expect(text).toContain('<li>x.json is none</li>')
})

test('machines are told apart where there are several', () => {
  const results = ['one', 'two'].map((machine) => resultOf([entryAt(1)], 2, machine))
  const text = page({ ...content, results })
  expect(text).toContain('>machine</th>')
  expect(text.match(/<h3>(?:one|two)<\/h3>/g)).toHaveLength(4)
  expect(pageOf([entryAt(1)])).not.toContain('>machine</th>')
})

test('a result without anything is a page all the same', () => {
  expect(pageOf([])).toContain('<h1>Nothing regressed: 0 budgets of 0 measurements</h1>')
})

test('reasons of what did not pass stand at the top and beside the budget, and nowhere else', () => {
  const { measurement, verdicts } = entryAt(1)
  const reason = 'slower than anything'
  const red = { ...(verdicts[0] as Verdict), state: 'regressed', reason } as const
  expect(pageOf([{ measurement, verdicts: [red] }]).match(/slower than anything/g)).toHaveLength(2)
})

test('other measurements of the project have parts of their own', () => {
  const group = { notes: ['made by somebody'], charts: [] }
  const text = page({ ...content, threeWay: [group], proof: [group] })
  expect(sectionOf(text, 'three-way')).toContain('made by somebody')
  expect(sectionOf(text, 'proof')).toContain('made by somebody')
  expect(pageOf([])).not.toMatch(/id="(?:three-way|proof)"/)
})
