import { readFileSync } from 'node:fs'
import { fieldOf, type GitHubApi } from './github-api.ts'

/** The environment of a job. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The pull request that a job is about, or why there is none. */
export type FoundPullRequest = { readonly number: number } | { readonly reason: string }

/** The run that measured, as GitHub tells it. */
export interface MeasuredRun {
  /** Head of the pull request at the time; absent where the event names none. */
  readonly commit?: string
  /** Ascends from run to run of a repository; 0 where it is unknown. */
  readonly id: number
  /** Ascends when a run is started again. */
  readonly attempt: number
  /** Its page; absent where it is unknown. */
  readonly address?: string
}

/** The run of the event: that which has completed, else the one of this job. */
export function runOf(environment: Environment): MeasuredRun {
  const event = eventOf(environment)
  const run = fieldOf(event, 'workflow_run')
  const head = fieldOf(fieldOf(fieldOf(event, 'pull_request'), 'head'), 'sha')
  const commit = run === undefined ? head : fieldOf(run, 'head_sha')
  const { GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_SERVER_URL, GITHUB_REPOSITORY } = environment
  const id = run === undefined ? Number(GITHUB_RUN_ID) : fieldOf(run, 'id')
  const attempt = run === undefined ? Number(GITHUB_RUN_ATTEMPT) : fieldOf(run, 'run_attempt')
  return {
    ...(typeof commit === 'string' && isCommit(commit) ? { commit } : {}),
    id: isNumber(id) ? id : 0,
    attempt: isNumber(attempt) ? attempt : 1,
    ...(isNumber(id) && GITHUB_REPOSITORY
      ? { address: `${GITHUB_SERVER_URL || 'https://github.com'}/${GITHUB_REPOSITORY}/actions/runs/${id}` }
      : {}),
  }
}

/**
 * The pull request of the event. That of a `workflow_run` is looked up: GitHub names those of its branch, and for a fork none,
 * whose are searched by the branch; either way it is the open one whose head is the commit that was measured. A number from
 * an artifact could be that of any other pull request.
 *
 * @throws {GitHubApiError} when it cannot be looked up.
 */
export async function pullRequestOf(environment: Environment, api: GitHubApi): Promise<FoundPullRequest> {
  const event = eventOf(environment)
  if (event === undefined) return { reason: 'there is no event of GitHub (GITHUB_EVENT_PATH)' }
  const number = fieldOf(fieldOf(event, 'pull_request'), 'number')
  if (isNumber(number)) return { number }
  const run = fieldOf(event, 'workflow_run')
  if (run === undefined) return { reason: 'the event is about no pull request' }
  return await ofRun(run, environment['GITHUB_REPOSITORY'] ?? '', api)
}

async function ofRun(run: unknown, repository: string, api: GitHubApi): Promise<FoundPullRequest> {
  const owner = fieldOf(fieldOf(fieldOf(run, 'head_repository'), 'owner'), 'login')
  const [branch, sha] = [fieldOf(run, 'head_branch'), fieldOf(run, 'head_sha')]
  if (typeof owner !== 'string' || typeof branch !== 'string' || typeof sha !== 'string') {
    return { reason: 'the event does not say which branch was measured' }
  }
  const head = encodeURIComponent(`${owner}:${branch}`)
  const { data } = await api.request('GET', `repos/${repository}/pulls?state=open&per_page=100&head=${head}`)
  const open = Array.isArray(data) ? data : []
  const named = numbersIn(fieldOf(run, 'pull_requests'))
  const measured = numbersIn(open.filter((each) => fieldOf(fieldOf(each, 'head'), 'sha') === sha))
  const found = named.length === 0 ? measured : measured.filter((each) => named.includes(each))
  const [number, other] = found
  // To which of them the figures belong is not told, and a wrong one would be read as theirs.
  if (other !== undefined) return { reason: `several open pull requests have this commit: #${found.join(', #')}` }
  if (number !== undefined) return { number }
  return {
    reason: open.length === 0 ? 'no open pull request has this branch' : 'the pull request has newer commits by now',
  }
}

function numbersIn(pullRequests: unknown): number[] {
  const list: unknown[] = Array.isArray(pullRequests) ? pullRequests : []
  return list.map((each) => fieldOf(each, 'number')).filter(isNumber)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

/** SHA-1 or SHA-256, whole. */
function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

function eventOf({ GITHUB_EVENT_PATH: file }: Environment): unknown {
  if (file === undefined || file === '') return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
