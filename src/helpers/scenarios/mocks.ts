import type { MockSetup } from './mock-setup.ts'
import { type Scenario, scenario } from './scenario.ts'

/** In flight under every mock: as a test that loads several things at once. */
const inFlight = 8

/** Handlers of the points of the sweeps. */
const points = [1, 10, 100, 1_000] as const

/** Answered by the only handler. */
export const mock1 = mockScenario('mock-1', { handlers: 1, requests: 'answered' })

/** The same, and what is left behind after 10,000 requests: half a minute where a mock leaks. */
export const mockRetention: Scenario = scenario({ ...mock1, name: 'mock-retention', retention: true })

/** Answered by the last of 1 to 1,000 handlers. Whatever is measured beside the windows has ten. */
export const mockHandlers = mockSweep('mock-handlers', {})

/** None of ten handlers matches, so that the target answers. */
export const mockPassthrough = mockScenario('mock-passthrough', { handlers: 10, requests: 'passed through' })

/** What it costs that the mock listens, without any handler. */
export const mockListen = mockScenario('mock-listen', { handlers: 0, requests: 'passed through' })

/** What is left when a mock that was used is gone. */
export const mockRestored = mockScenario('mock-restored', { handlers: 10, requests: 'answered', restored: true })

/** For nock: every interceptor in a scope of its own. */
export const mockScopes = mockSweep('mock-scopes', { scopes: 'each' })

/** For nock: the paths are regular expressions. */
export const mockRegexp = mockSweep('mock-regexp', { regularExpressions: true })

function mockSweep(name: string, special: Pick<MockSetup, 'scopes' | 'regularExpressions'>): Scenario {
  const mock: MockSetup = { handlers: 10, requests: 'answered', ...special }
  return scenario({ name, inFlight, mock, load: { kind: 'sweep', over: 'handlers', points } })
}

function mockScenario(name: string, mock: MockSetup): Scenario {
  return scenario({ name, inFlight, mock })
}
