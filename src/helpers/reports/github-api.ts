import { GitHubApiError } from './github-api-error.ts'
import { plainText } from './plain-text.ts'

/** GitHub's REST API, as the environment of a job describes it. */
export interface GitHubApi {
  /** @throws {GitHubApiError} when it answers otherwise than with a success, or not at all. */
  request(method: 'GET' | 'POST' | 'PATCH', address: string, body?: unknown): Promise<GitHubAnswer>
}

interface GitHubAnswer {
  readonly data: unknown
  /** Address of the page after this one; absent on the last. */
  readonly next?: string
}

/** A comment is posted at the end of a job: nobody waits longer for an answer. */
const longestMs = 30_000

/** @param base `GITHUB_API_URL`. @param token Never sent anywhere but to this address. */
export function gitHubApi(base: string, token: string): GitHubApi {
  const root = base.endsWith('/') ? base : `${base}/`
  return {
    async request(method, address, body) {
      const url = new URL(address, root)
      const what = `GitHub API, ${method} ${plainText(url.pathname)}`
      if (url.origin !== new URL(root).origin) {
        throw new GitHubApiError(what, `it leads to ${plainText(url.origin)}; expected ${new URL(root).origin}`)
      }
      const response = await answered(url, what, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(longestMs),
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${token}`,
          'user-agent': 'wiregauge',
          'x-github-api-version': '2022-11-28',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const next = /<([^>]*)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
      const data = await dataOf(response, what)
      return next === undefined ? { data } : { data, next }
    },
  }
}

async function answered(url: URL, what: string, options: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, options)
  } catch (cause) {
    throw new GitHubApiError(what, `no answer from ${url.origin}: ${reasonOf(cause)}`, { cause })
  }
  if (response.ok) return response
  const { status } = response
  const text = plainText((await response.text()).slice(0, 300))
  const advice = advices[status]
  throw new GitHubApiError(what, `status ${status}: ${text}`, { status, ...(advice === undefined ? {} : { advice }) })
}

const advices: Readonly<Record<number, string>> = {
  401: 'the token is not valid (any more)',
  403: 'give the job `permissions: pull-requests: write`; the token of a pull request from a fork never has it, so comment from a `workflow_run` workflow',
  404: 'the repository or pull request does not exist, or the token may not see it',
}

async function dataOf(response: Response, what: string): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw new GitHubApiError(what, `the answer is no JSON: ${reasonOf(cause)}`, { cause, status: response.status })
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return plainText(String(error))
  return plainText(error.cause instanceof Error ? error.cause.message : error.message)
}

/** A field of an answer, which is nothing but data from outside. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
