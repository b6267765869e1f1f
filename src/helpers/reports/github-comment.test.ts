import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { commentMarker, postComment } from './github-comment.ts'
import { hostileNamesFrom } from './test-hostile.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-comment-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Comment {
  id: number
  body: string
  user: { login: string }
}

interface Answer {
  readonly status?: number
  readonly link?: string
  readonly location?: string
  readonly data: unknown
}

/** A server that plays the API for one repository, with pages of two. */
async function playedApi(
  options: { comments?: Comment[]; pulls?: unknown[]; answer?: Answer; pageSize?: number } = {},
) {
  const { comments = [], pulls = [], pageSize = 2 } = options
  const seen: string[] = []
  const server = createServer(async (request, response) => {
    const { status = 200, link, location, data } = options.answer ?? (await played(request))
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(link && { link }),
      ...(location && { location }),
    })
    response.end(typeof data === 'string' ? data : JSON.stringify(data))
  })
  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`

  async function played(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    seen.push(`${request.method} ${url.pathname}${url.search}`)
    if (request.headers.authorization !== 'Bearer secret') return { status: 401, data: { message: 'Bad credentials' } }
    if (url.pathname === '/api/v3/repos/o/r/pulls') return { data: pulls }
    const [, id] = /^\/api\/v3\/repos\/o\/r\/issues\/comments\/(\d+)$/.exec(url.pathname) ?? []
    if (request.method === 'GET') {
      const page = Number(url.searchParams.get('page') ?? 1)
      const more = page * pageSize < comments.length
      const next = `<${address()}/repos/o/r/issues/5/comments?per_page=100&page=${page + 1}>; rel="next", <x>; rel="last"`
      return { data: comments.slice((page - 1) * pageSize, page * pageSize), ...(more ? { link: next } : {}) }
    }
    const chunks: string[] = []
    for await (const chunk of request.setEncoding('utf8')) chunks.push(chunk)
    const { body } = JSON.parse(chunks.join(''))
    const own = comments.find((comment) => String(comment.id) === id)
    if (own === undefined) comments.push({ id: comments.length + 1, body, user: { login: 'github-actions[bot]' } })
    else own.body = body
    return { data: { html_url: `https://github.test/o/r/pull/5#issuecomment-${own?.id ?? comments.length}` } }
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: address(),
    seen,
    comments,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

let events = 0

function environment(url: string, event: unknown = { pull_request: { number: 5 } }) {
  const file = path.join(folder, `event-${events++}.json`)
  writeFileSync(file, JSON.stringify(event))
  return { GITHUB_TOKEN: 'secret', GITHUB_REPOSITORY: 'o/r', GITHUB_API_URL: url, GITHUB_EVENT_PATH: file }
}

const other = (id: number): Comment => ({ id, body: 'looks good', user: { login: 'somebody' } })
const text = 'new'
/** As it is written by a run without a number. */
const marked = (body: string): string => `${commentMarker()}\n<!-- run 0 attempt 1 -->\n${body}`

test('the first comparison of a pull request makes a comment, and the next ones update it', async () => {
  await using api = await playedApi({ comments: [other(1)] })
  expect(await postComment(text, environment(api.url))).toEqual({
    state: 'created',
    pullRequest: 5,
    address: 'https://github.test/o/r/pull/5#issuecomment-2',
  })
  expect(await postComment(`${text}er`, environment(api.url))).toMatchObject({ state: 'updated' })
  expect(api.comments.map(({ body }) => body)).toEqual(['looks good', marked('newer')])
})

test('the comment is found on a later page', async () => {
  const own = { id: 9, body: marked('old'), user: { login: 'github-actions[bot]' } }
  await using api = await playedApi({ comments: [1, 2, 3, 4].map(other).concat(own) })
  expect(await postComment(text, environment(api.url))).toMatchObject({ state: 'updated' })
  expect(own.body).toBe(marked('new'))
  expect(api.seen).toEqual([
    'GET /api/v3/repos/o/r/issues/5/comments?per_page=100',
    'GET /api/v3/repos/o/r/issues/5/comments?per_page=100&page=2',
    'GET /api/v3/repos/o/r/issues/5/comments?per_page=100&page=3',
    'PATCH /api/v3/repos/o/r/issues/comments/9',
  ])
})

test('comments of others with the marker, and own ones that quote it, stay as they are', async () => {
  const forged = { id: 1, body: marked('all is well'), user: { login: 'somebody' } }
  const quoting = { id: 2, body: `> ${marked('new')}`, user: { login: 'github-actions[bot]' } }
  await using api = await playedApi({ comments: [forged, quoting] })
  expect(await postComment(text, environment(api.url))).toMatchObject({ state: 'created' })
  expect(api.comments.map(({ body }) => body)).toEqual([marked('all is well'), `> ${marked('new')}`, marked('new')])
})

test('with another token, comments of its owner are updated', async () => {
  await using api = await playedApi({ comments: [{ id: 1, body: marked('old'), user: { login: 'gauge-bot' } }] })
  const given = { ...environment(api.url), WIREGAUGE_COMMENT_AUTHOR: 'gauge-bot' }
  expect(await postComment(text, given)).toMatchObject({ state: 'updated' })
})

const run = {
  workflow_run: { head_branch: 'fix/a b', head_sha: 'abc', head_repository: { owner: { login: 'fork' } } },
}

test('after a workflow run, the pull request is the open one of the branch and commit that were measured', async () => {
  const pulls = [
    { number: 4, head: { sha: 'def' } },
    { number: 5, head: { sha: 'abc' } },
  ]
  await using api = await playedApi({ pulls })
  expect(await postComment(text, environment(api.url, run))).toMatchObject({ state: 'created', pullRequest: 5 })
  expect(api.seen[0]).toBe('GET /api/v3/repos/o/r/pulls?state=open&per_page=100&head=fork%3Afix%2Fa%20b')
})

const pulls = [9, 7].map((number) => ({ number, head: { sha: 'abc' } }))

test('of two open pull requests with the commit it is the one that GitHub names for the run', async () => {
  await using api = await playedApi({ pulls })
  const named = { workflow_run: { ...run.workflow_run, pull_requests: [{ number: 7 }] } }
  expect(await postComment(text, environment(api.url, named))).toMatchObject({ state: 'created', pullRequest: 7 })
})

test('where GitHub names none or both, none gets figures that may be of the other', async () => {
  await using api = await playedApi({ pulls })
  const both = { workflow_run: { ...run.workflow_run, pull_requests: [{ number: 7 }, { number: 9 }] } }
  for (const event of [run, both]) {
    const reason = 'several open pull requests have this commit: #9, #7'
    expect(await postComment(text, environment(api.url, event))).toEqual({ state: 'left out', reason })
  }
})

test('a pull request that GitHub names and that has newer commits gets nothing', async () => {
  await using api = await playedApi({ pulls: [{ number: 7, head: { sha: 'newer' } }] })
  const named = { workflow_run: { ...run.workflow_run, pull_requests: [{ number: 7 }] } }
  expect(await postComment(text, environment(api.url, named))).toMatchObject({
    reason: 'the pull request has newer commits by now',
  })
})

test('what a later run wrote stays, also that of a later attempt', async () => {
  const at = (id: number, run_attempt: number) => ({
    workflow_run: { ...run.workflow_run, head_sha: 'abc', id, run_attempt },
  })
  await using api = await playedApi({ pulls: [{ number: 5, head: { sha: 'abc' } }] })
  const post = (body: string, id: number, attempt: number) => postComment(body, environment(api.url, at(id, attempt)))
  expect(await post('first', 20, 2)).toMatchObject({ state: 'created' })
  const late = { state: 'left out', reason: 'a later run has commented already' }
  expect(await post('older', 19, 3)).toEqual(late)
  expect(await post('earlier attempt', 20, 1)).toEqual(late)
  expect(await post('again', 20, 3)).toMatchObject({ state: 'updated' })
  expect(await post('newer', 21, 1)).toMatchObject({ state: 'updated' })
  expect(api.comments.map(({ body }) => body)).toEqual([`${commentMarker()}\n<!-- run 21 attempt 1 -->\nnewer`])
})

test('results of different names have a comment each', async () => {
  await using api = await playedApi()
  const named = (artifact: string) => ({ ...environment(api.url), WIREGAUGE_ARTIFACT: artifact })
  for (const artifact of ['linux', 'linux-arm', 'linux']) await postComment(artifact, named(artifact))
  expect(api.comments).toHaveLength(2)
})

test('whatever an artifact is called, its marker is one comment of HTML and like no other', () => {
  const names = hostileNamesFrom(9, 300)
  const markers = names.map((name) => commentMarker(name))
  for (const marker of markers) expect(marker).toMatch(/^<!-- wiregauge: [\w.~!*'()%]* -->$/)
  const different = new Set(names.map((name) => name.toWellFormed()))
  expect(new Set(markers).size).toBe(different.size)
})

test.each([
  ['no token', { GITHUB_TOKEN: '' }, 'there is no token (GITHUB_TOKEN)'],
  ['no repository', { GITHUB_REPOSITORY: '' }, 'there is no repository (GITHUB_REPOSITORY, as owner/name)'],
  ['no event', { GITHUB_EVENT_PATH: '' }, 'there is no event of GitHub (GITHUB_EVENT_PATH)'],
  ['no event file', { GITHUB_EVENT_PATH: '/no/such/file' }, 'there is no event of GitHub (GITHUB_EVENT_PATH)'],
])('with %s it is left out, and says so', async (_, changes, reason) => {
  await using api = await playedApi()
  expect(await postComment(text, { ...environment(api.url), ...changes })).toEqual({ state: 'left out', reason })
  expect(api.seen).toEqual([])
})

test('outside of a pull request it is left out, and says so', async () => {
  await using api = await playedApi({ pulls: [{ number: 4, head: { sha: 'newer' } }] })
  await using none = await playedApi()
  const reasons = [
    await postComment(text, environment(api.url, { push: {} })),
    await postComment(text, environment(api.url, run)),
    await postComment(text, environment(none.url, run)),
    await postComment(text, environment(api.url, { workflow_run: {} })),
  ]
  expect(reasons.map((each) => 'reason' in each && each.reason)).toEqual([
    'the event is about no pull request',
    'the pull request has newer commits by now',
    'no open pull request has this branch',
    'the event does not say which branch was measured',
  ])
})

test.each([
  [
    403,
    { message: 'Resource not accessible\nby integration' },
    /status 403: .*not accessible.*; give the job `permissions/,
  ],
  [404, { message: 'Not Found' }, /^GitHub API, GET \/api\/v3\/repos\/o\/r\/issues\/5\/comments: status 404/],
  [500, 'oops \u001b[31m', /status 500: oops \\u\{1b\}\[31m$/],
  [200, 'no JSON', /the answer is no JSON/],
  [200, {}, /the answer is no list of comments/],
])('status %d with %j is an error that says what was asked', async (status, data, message) => {
  await using api = await playedApi({ answer: { status, data } })
  const failure = postComment(text, environment(api.url))
  await expect(failure).rejects.toMatchObject({ code: 'WIREGAUGE_GITHUB_API', message: expect.stringMatching(message) })
})

test('a wrong token and a server that is not there are errors that say so, and tell no token', async () => {
  await using api = await playedApi()
  const { url } = api
  const wrong = { ...environment(url), GITHUB_TOKEN: 'wrong' }
  await expect(postComment(text, wrong)).rejects.toThrow(/status 401: .*; the token is not valid/)
  await api[Symbol.asyncDispose]()
  const failure = await postComment(text, environment(url)).catch((error: Error) => error)
  expect(failure).toMatchObject({
    message: expect.stringMatching(/no answer from http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/),
  })
  expect(JSON.stringify(failure)).not.toContain('secret')
})

test('a page elsewhere gets no token', async () => {
  await using thief = await playedApi()
  await using api = await playedApi({ answer: { data: [], link: `<${thief.url}/x>; rel="next"` } })
  await expect(postComment(text, environment(api.url))).rejects.toThrow(
    /it leads to http:\/\/127\.0\.0\.1:\d+; expected/,
  )
  expect(thief.seen).toEqual([])
})

test('an answer that leads elsewhere is an error, and takes no token there', async () => {
  await using thief = await playedApi()
  await using api = await playedApi({ answer: { status: 302, data: '', location: `${thief.url}/x` } })
  await expect(postComment(text, environment(api.url))).rejects.toThrow(/no answer from .*redirect/)
  expect(thief.seen).toEqual([])
})
