import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { brokenOffMarkdown } from './broken-off-markdown.ts'
import { runOf } from './github-pull-request.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-broken-off-'))
afterAll(() => rmSync(folder, { recursive: true }))

const commit = '0123456789abcdef0123456789abcdef01234567'

function runFrom(event: object, environment: Record<string, string> = {}) {
  const file = path.join(folder, 'event.json')
  writeFileSync(file, JSON.stringify(event))
  return runOf({ GITHUB_EVENT_PATH: file, GITHUB_REPOSITORY: 'o/r', ...environment })
}

test('a run without a result is told with its commit and a link to its page', () => {
  const run = runFrom({ workflow_run: { head_sha: commit, id: 12, run_attempt: 2 } })
  expect(run).toEqual({ commit, id: 12, attempt: 2, address: 'https://github.com/o/r/actions/runs/12' })
  expect(brokenOffMarkdown(run)).toBe(
    `### wiregauge: no result\n\nMeasuring <code>${commit}</code> broke off: see [the job](https://github.com/o/r/actions/runs/12).\n`,
  )
})

test('in the job of the pull request itself, the run is that of the job', () => {
  const environment = { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '3', GITHUB_SERVER_URL: 'https://git.example' }
  const run = runFrom({ pull_request: { head: { sha: commit } } }, environment)
  expect(run).toEqual({ commit, id: 7, attempt: 3, address: 'https://git.example/o/r/actions/runs/7' })
})

test('what is no commit and no number is left out', () => {
  const run = runFrom({ workflow_run: { head_sha: '](x)', id: '12](x)', run_attempt: -1 } })
  expect(run).toEqual({ id: 0, attempt: 1 })
  expect(brokenOffMarkdown(run)).toBe('### wiregauge: no result\n\nMeasuring the commit broke off: see the job.\n')
})
