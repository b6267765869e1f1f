import { expect, test } from 'vitest'
import { budgetFileOf } from '../../helpers/budgets/test-measurement.ts'
import { proposalOf } from './test-tuning.ts'
import { tunedFile } from './tuned-file.ts'

const before = budgetFileOf()
const entries = before.clients['axios']?.['small-4'] ?? {}
const after = budgetFileOf({
  ...entries,
  against: {
    http: { expected: 0.3, scatter: 0.03, replicates: 12 },
    fetch: { expected: 1, scatter: 0.1, replicates: 4 },
  },
  controlRequestsPerSecond: { expected: 9_000 },
  requestBytes: { expected: 180 },
})
const provenance = { date: '2026-11-24', tunedAt: '2026-11-23', tuned: { ...before.tuned, date: '2026-11-23' } }
const http = after.clients['axios']?.['small-4']?.against?.['http']
const fetch = after.clients['axios']?.['small-4']?.against?.['fetch']
if (http === undefined || fetch === undefined) throw new Error('the entries are not there')
const tuned = (...proposals: ReturnType<typeof proposalOf>[]) =>
  tunedFile(before, after, proposals, provenance).clients['axios']?.['small-4']

test('what is accepted is taken over with date and runs, and the rest stays', () => {
  expect(tuned(proposalOf({ change: 'tighter', kept: http, history: [0.3, 0.3] }))).toEqual({
    ...entries,
    against: { http },
    controlRequestsPerSecond: { expected: 9_000 },
    tuned: { date: '2026-11-23', runs: 2 },
  })
  expect(tuned(proposalOf({ change: 'new', place: 'against/fetch', kept: fetch }))?.against).toMatchObject({
    http: entries.against?.['http'],
    fetch: { expected: 1 },
  })
  expect(tuned(proposalOf({ change: 'looser', place: 'requestBytes', kept: { expected: 180 } }))?.requestBytes).toEqual(
    { expected: 180 },
  )
})

test('what is refused changes nothing but the provenance of the file', () => {
  const proposals = [proposalOf({ change: 'refused' }), proposalOf({ change: 'same' })]
  expect(tunedFile(before, after, proposals, provenance)).toEqual({ ...before, tuned: provenance.tuned })
})

test('what is the same throughout is confirmed, and keeps its values', () => {
  expect(tuned(proposalOf({ change: 'same', history: [0.2, 0.2, 0.2] }))).toEqual({
    ...entries,
    tuned: { date: '2026-11-23', runs: 3 },
  })
})

test('a loosening is stored after those before it', () => {
  const earlier = { date: '2026-11-01', place: 'reference', reason: 'a slower disk' }
  const file = budgetFileOf({ ...entries, loosened: [earlier] })
  const next = tunedFile(file, after, [proposalOf({ change: 'looser' })], { ...provenance, reason: 'why not' })
  expect(next.clients['axios']?.['small-4']?.loosened).toEqual([
    earlier,
    { date: '2026-11-24', place: 'against/http', reason: 'why not' },
  ])
})
