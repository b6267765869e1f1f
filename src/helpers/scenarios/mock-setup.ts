/** How a mock library is set up, as data: each mocked client makes of it what its library knows. */
export interface MockSetup {
  /** Handlers (msw), interceptors (nock) or intercepts (undici) that are registered. */
  readonly handlers: number
  /** What becomes of the requests: the last handler answers, or none does and they pass through. */
  readonly requests: 'answered' | 'passed through'
  /** Whether nock's interceptors lie in one scope, or each in one of its own. Default `one`. */
  readonly scopes?: 'one' | 'each'
  /** Whether the paths of the handlers are regular expressions. Default false. */
  readonly regularExpressions?: boolean
  /** Whether the mock was used and then taken away before anything is measured. Default false. */
  readonly restored?: boolean
}

/** Whether a mock answers what is measured, so that none of it reaches the target. */
export function isAnsweredByMock(mock: MockSetup | undefined): boolean {
  return mock?.requests === 'answered' && mock.restored !== true
}
