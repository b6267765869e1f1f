import { expect, test } from 'vitest'
import { ScenarioError, scenario } from './scenario.ts'

test('a scenario has its defaults filled in', () => {
  expect(scenario({ name: 'small-4', inFlight: 4 })).toEqual({
    name: 'small-4',
    inFlight: 4,
    connections: 4,
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
    connections: 1,
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
  [{ inFlight: 4, connections: 0 }, 'connections is 0; expected a whole number above 0'],
  [{ inFlight: 4, batchRequests: 6 }, 'batchRequests is 6; expected a multiple of inFlight (4)'],
  [{ inFlight: 4, batchRequests: 0 }, 'batchRequests is 0; expected a multiple of inFlight (4)'],
  [{ inFlight: 4, batchRequests: -4 }, 'batchRequests is -4; expected a multiple of inFlight (4)'],
])('%j is refused', (options, problem) => {
  const make = () => scenario({ name: 'mine', ...options })
  expect(make).toThrow(ScenarioError)
  expect(make).toThrow(`scenario mine: ${problem}`)
})

test('a sweep has connections for its largest point, unless it says otherwise', () => {
  const load = { kind: 'sweep', over: 'inFlight', points: [1, 64] } as const
  expect(scenario({ name: 'sweep', inFlight: 4, load }).connections).toBe(64)
  expect(scenario({ name: 'sweep', inFlight: 4, load, connections: 10 }).connections).toBe(10)
})

test('a point of a sweep that is no count is refused', () => {
  const load = { kind: 'sweep', over: 'handlers', points: [1, 0] } as const
  expect(() => scenario({ name: 'mine', inFlight: 1, load })).toThrow(
    'scenario mine: a point of the sweep is 0; expected a whole number above 0',
  )
})

test.each([
  [
    { handlers: 0, requests: 'answered' },
    'handlers is 0; expected a whole number of 1 or more where requests are answered',
  ],
  [
    { handlers: -1, requests: 'passed through' },
    'handlers is -1; expected a whole number of 0 or more where requests are passed through',
  ],
  [
    { handlers: 1.5, requests: 'answered' },
    'handlers is 1.5; expected a whole number of 1 or more where requests are answered',
  ],
] as const)('a mock with %j is refused', (mock, problem) => {
  expect(() => scenario({ name: 'mine', inFlight: 1, mock })).toThrow(`scenario mine: ${problem}`)
})
