/** GitHub's REST API answered otherwise than it should have, or not at all. */
export class GitHubApiError extends Error {
  readonly code = 'WIREGAUGE_GITHUB_API'
  override readonly name = 'GitHubApiError'
  /** HTTP status; absent when there was no answer. */
  readonly status?: number

  constructor(what: string, problem: string, options: { cause?: unknown; status?: number; advice?: string } = {}) {
    const { cause, status, advice } = options
    super(`${what}: ${problem}${advice === undefined ? '' : `; ${advice}`}`, { cause })
    if (status !== undefined) this.status = status
  }
}
