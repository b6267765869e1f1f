import { fieldOf, type GitHubApi, gitHubApi } from './github-api.ts'
import { GitHubApiError } from './github-api-error.ts'
import { type Environment, type MeasuredRun, pullRequestOf, runOf } from './github-pull-request.ts'

/** What became of the comment. */
export type PostedComment =
  | { readonly state: 'created' | 'updated'; readonly pullRequest: number; readonly address: string }
  | { readonly state: 'left out'; readonly reason: string }

/** Who comments with the token of a job. */
const jobsOwnName = 'github-actions[bot]'

/**
 * What a comment begins with, by which it is found again. Invisible; names cannot stand before it.
 *
 * @param artifact Name of the result, so that jobs with different results have a comment each. It cannot end the marker:
 * letters, digits and `_.~!*'()` stay, everything else is percent-encoded.
 */
export function commentMarker(artifact = 'wiregauge'): string {
  return `<!-- wiregauge: ${encodeURIComponent(artifact.toWellFormed()).replaceAll('-', '%2D')} -->`
}

/** The line after the marker. */
function runMarker({ id, attempt }: MeasuredRun): string {
  return `<!-- run ${id} attempt ${attempt} -->`
}

/** So many pages of a hundred comments are looked through. */
const mostPages = 100

/**
 * Comments a comparison on the pull request of the job, in the place of the comment before: the first that begins with the
 * marker and is by the same author. Others may quote the marker, or write it themselves, and keep what they wrote. A run does
 * not replace what a later one wrote.
 *
 * @param text Markdown.
 * @param environment `GITHUB_TOKEN`, `GITHUB_REPOSITORY`, `GITHUB_EVENT_PATH`, and optionally `GITHUB_API_URL` (default
 * https://api.github.com), `WIREGAUGE_COMMENT_AUTHOR` (default `github-actions[bot]`, for the token of a job) and
 * `WIREGAUGE_ARTIFACT`, the name in the marker.
 * @throws {GitHubApiError} when GitHub does not do it.
 */
export async function postComment(text: string, environment: Environment): Promise<PostedComment> {
  const { GITHUB_TOKEN: token = '', GITHUB_REPOSITORY: repository = '' } = environment
  if (token === '') return { state: 'left out', reason: 'there is no token (GITHUB_TOKEN)' }
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    return { state: 'left out', reason: 'there is no repository (GITHUB_REPOSITORY, as owner/name)' }
  }
  const api = gitHubApi(environment['GITHUB_API_URL'] || 'https://api.github.com', token)
  const found = await pullRequestOf(environment, api)
  if ('reason' in found) return { state: 'left out', reason: found.reason }
  const author = environment['WIREGAUGE_COMMENT_AUTHOR'] || jobsOwnName
  const comments = `repos/${repository}/issues/${found.number}/comments`
  const marker = commentMarker(environment['WIREGAUGE_ARTIFACT'] || undefined)
  const earlier = await earlierComment(api, `${comments}?per_page=100`, { author, marker })
  const run = runOf(environment)
  if (earlier !== undefined && isLater(earlier.body, marker, run)) {
    return { state: 'left out', reason: 'a later run has commented already' }
  }
  const body = `${marker}\n${runMarker(run)}\n${text}`
  const { data } =
    earlier === undefined
      ? await api.request('POST', comments, { body })
      : await api.request('PATCH', `repos/${repository}/issues/comments/${earlier.id}`, { body })
  return {
    state: earlier === undefined ? 'created' : 'updated',
    pullRequest: found.number,
    address: String(fieldOf(data, 'html_url') ?? ''),
  }
}

/** Whether a comment of ours was written by a later run. */
function isLater(body: string, marker: string, { id, attempt }: MeasuredRun): boolean {
  const [, theirId, theirAttempt] = /^\n<!-- run (\d+) attempt (\d+) -->/.exec(body.slice(marker.length)) ?? []
  if (theirId === undefined) return false
  return Number(theirId) > id || (Number(theirId) === id && Number(theirAttempt) > attempt)
}

interface OwnComment {
  readonly id: number
  readonly body: string
}

interface Sought {
  readonly author: string
  readonly marker: string
}

async function earlierComment(api: GitHubApi, first: string, sought: Sought): Promise<OwnComment | undefined> {
  let page: string | undefined = first
  for (let read = 0; page !== undefined && read < mostPages; read++) {
    const { data, next }: Awaited<ReturnType<GitHubApi['request']>> = await api.request('GET', page)
    if (!Array.isArray(data)) throw new GitHubApiError('GitHub API, comments', 'the answer is no list of comments')
    const [own] = data.flatMap((comment) => ownComment(comment, sought))
    if (own !== undefined) return own
    page = next
  }
  return undefined
}

function ownComment(comment: unknown, { author, marker }: Sought): OwnComment[] {
  const [id, text] = [fieldOf(comment, 'id'), fieldOf(comment, 'body')]
  if (typeof id !== 'number' || typeof text !== 'string' || fieldOf(fieldOf(comment, 'user'), 'login') !== author)
    return []
  const body = text.replaceAll('\r\n', '\n')
  return body.startsWith(`${marker}\n`) ? [{ id, body }] : []
}
