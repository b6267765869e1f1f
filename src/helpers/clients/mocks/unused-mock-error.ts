/** A request was not answered by the mock that was set up for it. */
export class UnusedMockError extends Error {
  override readonly name = 'UnusedMockError'
  readonly code = 'WIREGAUGE_UNUSED_MOCK'

  constructor(expectedStatus: number, status: number) {
    super(
      `the mock was set up to answer with status ${expectedStatus} and its text; the client got status ${status} and another answer`,
    )
  }
}
