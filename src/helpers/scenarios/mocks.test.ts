import { expect, test } from 'vitest'
import { isAnsweredByMock } from './mock-setup.ts'
import {
  mock1,
  mockHandlers,
  mockListen,
  mockPassthrough,
  mockRegexp,
  mockRestored,
  mockRetention,
  mockScopes,
} from './mocks.ts'

test('each scenario with a mock says what the mock has to do', () => {
  const sweeps = { kind: 'sweep', over: 'handlers', points: [1, 10, 100, 1_000] }
  const all = [mock1, mockRetention, mockHandlers, mockPassthrough, mockListen, mockRestored, mockScopes, mockRegexp]
  expect(all.map(({ name, mock, load }) => ({ name, mock, load }))).toEqual([
    { name: 'mock-1', mock: { handlers: 1, requests: 'answered' } },
    { name: 'mock-retention', mock: { handlers: 1, requests: 'answered' } },
    { name: 'mock-handlers', mock: { handlers: 10, requests: 'answered' }, load: sweeps },
    { name: 'mock-passthrough', mock: { handlers: 10, requests: 'passed through' } },
    { name: 'mock-listen', mock: { handlers: 0, requests: 'passed through' } },
    { name: 'mock-restored', mock: { handlers: 10, requests: 'answered', restored: true } },
    { name: 'mock-scopes', mock: { handlers: 10, requests: 'answered', scopes: 'each' }, load: sweeps },
    { name: 'mock-regexp', mock: { handlers: 10, requests: 'answered', regularExpressions: true }, load: sweeps },
  ])
})

test('a mock answers what is measured unless it lets it pass, or was taken away before', () => {
  const answered = [mock1, mockHandlers, mockPassthrough, mockListen, mockRestored].filter(({ mock }) =>
    isAnsweredByMock(mock),
  )
  expect(answered.map(({ name }) => name)).toEqual(['mock-1', 'mock-handlers'])
  expect(isAnsweredByMock(undefined)).toBe(false)
})
