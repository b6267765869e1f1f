import { expect, test } from 'vitest'
import { CallSites } from './call-sites.ts'

const about = { client: 'axios', scenario: 'small-4' }
const stackOf = (line: number, file = 'file:///project/perf/axios.test.ts') =>
  `Error\n    at expect (file:///project/src/cli/specs/stated-budgets.ts:60:20)\n    at run (${file}:${line}:27)\n    at file:///project/src/cli/survey.ts:1:1`

function sitesOf(...calls: { matcher: string; given: readonly unknown[]; stack: string }[]): CallSites {
  const sites = new CallSites('/project/perf')
  for (const call of calls) sites.note({ ...about, ...call })
  return sites
}

test('a budget is found where its matcher was called with it', () => {
  const thresholds = { tolerates: '10 %', catches: '30 %' }
  const sites = sitesOf(
    { matcher: 'toReach', given: ['http', thresholds], stack: stackOf(5) },
    { matcher: 'toReach', given: ['axios', thresholds], stack: stackOf(6) },
    { matcher: 'toScale', given: [{ from: 16, to: 64 }, thresholds], stack: stackOf(7) },
    { matcher: 'toHoldItsTail', given: [{ p75: thresholds }], stack: stackOf(8) },
    { matcher: 'toCost', given: [{ connections: 4 }], stack: stackOf(9) },
    { matcher: 'toCost', given: [{ cpu: thresholds }], stack: `Error\n    at /project/perf/axios.test.ts:10:3` },
  )
  const lineOf = (place: string) => sites.of({ ...about, place })
  expect(lineOf('against/http')).toEqual({ file: '/project/perf/axios.test.ts', line: 5 })
  expect(lineOf('against/axios')?.line).toBe(6)
  expect(lineOf('scaling/64 against 16')?.line).toBe(7)
  expect(lineOf('tail/p75')?.line).toBe(8)
  expect(lineOf('totals/cpu')?.line).toBe(10)
})

test('what no spec states, another client, and calls from elsewhere have no place', () => {
  const elsewhere = stackOf(5, 'file:///project/perf-tools/axios.test.ts')
  const sites = sitesOf({ matcher: 'toKeepUpWith', given: ['reference', {}], stack: elsewhere })
  expect(sites.of({ ...about, place: 'reference' })).toBeUndefined()
  expect(sites.of({ ...about, place: 'tail/p90' })).toBeUndefined()
  expect(sites.of({ ...about, place: 'solo' })).toBeUndefined()
  expect(sites.of({ client: 'http', scenario: 'small-4', place: 'reference' })).toBeUndefined()
})
