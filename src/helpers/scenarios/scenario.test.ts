import { expect, test } from 'vitest'
import { ScenarioError, scenario } from './scenario.ts'

test('a scenario has its defaults filled in', () => {
  expect(scenario({ name: 'small-4', inFlight: 4 })).toEqual({
    name: 'small-4',
    inFlight: 4,
    batchRequests: 4,
    method: 'GET',
    path: '/json',
    headers: {},
  })
})

test('what is given stands', () => {
  const given = {
    name: 'own',
    inFlight: 2,
    batchRequests: 6,
    method: 'POST',
    path: '/bytes/10',
    headers: { accept: '*/*' },
    body: '{}',
    responseLimitBytes: 20,
  } as const
  expect(scenario(given)).toEqual(given)
})

test.each([
  [{ inFlight: 0 }, 'inFlight is 0; expected a whole number above 0'],
  [{ inFlight: 2.5 }, 'inFlight is 2.5; expected a whole number above 0'],
  [{ inFlight: Number.NaN }, 'inFlight is NaN; expected a whole number above 0'],
  [{ inFlight: 4, batchRequests: 6 }, 'batchRequests is 6; expected a multiple of inFlight (4)'],
  [{ inFlight: 4, batchRequests: 0 }, 'batchRequests is 0; expected a multiple of inFlight (4)'],
  [{ inFlight: 4, batchRequests: -4 }, 'batchRequests is -4; expected a multiple of inFlight (4)'],
])('%j is refused', (options, problem) => {
  const make = () => scenario({ name: 'mine', ...options })
  expect(make).toThrow(ScenarioError)
  expect(make).toThrow(`scenario mine: ${problem}`)
})
