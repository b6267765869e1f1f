import { expect, test } from 'vitest'
import { axios } from '../../helpers/clients/axios.ts'
import { fetchClient } from '../../helpers/clients/fetch.ts'
import { comparisonOf, passOf } from '../../helpers/reports/test-comparison.ts'
import { smallJson } from '../../helpers/scenarios/list.ts'
import { CapReachedError } from '../../helpers/session/cap-reached-error.ts'
import { Results } from './results.ts'

const heading = { machine: 'here', base: 'main', head: 'working tree', unchanged: [] }
const going = { interrupted: false, strict: false, noise: undefined }
const resultsOfTwo = (): Results => {
  const scenario = smallJson({ inFlight: 4 })
  return new Results(
    [axios, fetchClient].map((client) => ({ client, scenario })),
    heading,
  )
}

test('before its end a report names what is missing, and its exit code is not 0', () => {
  const results = resultsOfTwo()
  expect(results.report(going)).toMatchObject({
    compared: [],
    notMeasured: [
      { client: 'axios', scenario: 'small-4', reason: 'not measured to its end yet' },
      { client: 'fetch', scenario: 'small-4', reason: 'not measured to its end yet' },
    ],
    exitCode: 130,
  })
  results.keep(0, passOf('axios'))
  results.keep(1, passOf('fetch'))
  expect(results.report(going)).toMatchObject({ notMeasured: [], exitCode: 130 })
  results.end()
  expect(results.report(going)).toMatchObject({ notMeasured: [], exitCode: 0 })
})

test.each([
  ['interrupted', undefined, true, 'interrupted', 130],
  [
    'over its cap',
    new CapReachedError('fetch', 'small-4', 9),
    false,
    'the time of the run was over: raise --cap, or measure less',
    3,
  ],
  ['ended by an error', new Error('no such port'), false, 'no such port', 2],
])('a run that was %s says so of what it has not measured', (_, error, interrupted, reason, exitCode) => {
  const results = resultsOfTwo()
  results.keep(0, passOf('axios'))
  if (error !== undefined) results.fail(1, error)
  results.end()
  const report = results.report({ ...going, interrupted })
  expect(report.notMeasured).toEqual([{ client: 'fetch', scenario: 'small-4', reason }])
  expect(report.exitCode).toBe(exitCode)
})

test('what an error elsewhere left unmeasured names that, and what is red stays red when the rest is given up', () => {
  const results = resultsOfTwo()
  results.fail(1, new Error('no such port'))
  expect(results.report(going).notMeasured[0]?.reason).toBe('the run ended with an error before')
  const cut = resultsOfTwo()
  cut.keep(0, comparisonOf())
  expect(cut.report({ ...going, interrupted: true })).toMatchObject({ notMeasured: [{ client: 'fetch' }], exitCode: 1 })
})

test('a result that could not be explained is a result', () => {
  const results = resultsOfTwo()
  results.keep(0, passOf('axios'))
  results.keep(1, passOf('fetch'))
  results.fail(1, new Error('no profile'))
  results.end()
  expect(results.report(going)).toMatchObject({ notMeasured: [], exitCode: 2 })
})

test('noise for which there was no time fails nothing: where nothing changed, nothing counts', () => {
  const results = new Results([], heading)
  results.fail('noise', new CapReachedError('axios', 'small-4', 9))
  results.end()
  expect(results.report(going).exitCode).toBe(0)
})
