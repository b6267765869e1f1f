import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { annotations } from './github-annotations.ts'
import { tellGitHub } from './github-job.ts'
import { comparisonOf, passOf, reportNamed, reportOf, verdictOf } from './test-comparison.ts'
import { hostileNamesFrom } from './test-hostile.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-summary-'))
afterAll(() => rmSync(folder, { recursive: true }))

const place = { file: 'perf/axios.test.ts', line: 55 }

test('what is no pass is shown on the line of its budget, what fails first', () => {
  const unsure = verdictOf({ state: 'inconclusive', treeChanged: false })
  const report = reportOf([passOf('fetch', { verdicts: [unsure] }), comparisonOf(), passOf('http')])
  const [first, second, ...others] = annotations(report, () => place)
  expect(others).toEqual([])
  expect(first).toBe(
    '::error file=perf/axios.test.ts,line=55,title=axios small-4%3A regressed::' +
      'axios small-4, throughput against reference: regressed%0A' +
      '  measured    0.845 × (95 %25 interval 0.838 … 0.853)%0A' +
      '  expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×%0A' +
      '  difference  −15.5 %25%0A' +
      '  compared    axios 1.21.1 with axios 1.20.0%0A' +
      '  reason      throughput is 15.5 %25 below what is expected, wholly beyond what is tolerated%0A' +
      '  again       npx wiregauge compare axios --base axios@1.20.0 --scenario small-4 --seed 7',
  )
  expect(second).toMatch(/^::warning file=perf\/axios\.test\.ts,line=55,title=axios small-4%3A inconclusive::/)
})

test('errors come before warnings, though a warning is about what is worse', () => {
  const unsure = verdictOf({ state: 'inconclusive', treeChanged: false })
  const invalid = verdictOf({ state: 'invalid' })
  const report = reportOf([passOf('fetch', { verdicts: [unsure] }), passOf('http', { verdicts: [invalid] })])
  expect(annotations(report, () => undefined).map((line) => line.split(' ')[0])).toEqual(['::error', '::warning'])
})

test('a run that was cut off, or fails for what no verdict says, is an error', () => {
  const notMeasured = [{ client: 'http', scenario: 'small-4', reason: 'interrupted' }]
  const shown = (...given: Parameters<typeof reportOf>) => annotations(reportOf(...given), () => undefined)
  expect(shown([passOf('fetch')], { notMeasured, exitCode: 130 })).toEqual([
    '::error title=wiregauge compare::partial: 1 pass, 1 not measured (exit code 130)%0Anot measured: http small-4: interrupted',
  ])
  expect(shown([passOf('fetch')], { exitCode: 2 })).toEqual(['::error title=wiregauge compare::1 pass (exit code 2)'])
  expect(shown([comparisonOf()], { notMeasured })[0]).toMatch(
    /^::error title=wiregauge compare::partial: 1 regressed, 1/,
  )
  expect(shown([passOf('fetch')], { exitCode: 0 })).toEqual([])
})

test('a summary takes as many bytes as GitHub takes, also of names with long characters', () => {
  const file = path.join(folder, 'long.md')
  const name = '漢'.repeat(300)
  const verdicts = Array.from({ length: 12 }, () => verdictOf({ budget: name.repeat(10) }))
  const pairs = Array.from({ length: 400 }, () => comparisonOf({ client: name, scenario: name, verdicts }))
  const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file }
  tellGitHub(reportOf(pairs), { environment, out: { write: () => {} }, locate: () => place, say: () => {} })
  const { size } = statSync(file)
  expect(size).toBeLessThan(1_048_576)
  expect(size).toBeGreaterThan(700_000)
})

test('no name is a command of its own, adds a property or ends the message', () => {
  for (const name of hostileNamesFrom(5, 1_000)) {
    const located: string[] = []
    const lines = annotations(reportNamed(name), ({ client }) => {
      located.push(client)
      return { file: name, line: 1 }
    })
    expect(located).toEqual([name])
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      expect(line).toMatch(/^::error (?:file=[^:,\p{Cc}]*,line=1,)?title=[^:,\p{Cc}]*::[^\p{Cc}]*$/u)
      expect(line).not.toContain('##[')
      // Decoded, as the runner does it, a percent sign of a name is itself and no break of a line.
      expect(line.match(/%(?!25|0A|3A|2C)/)).toBeNull()
    }
  }
})

test('a job of GitHub gets annotations and a summary, and nobody else', () => {
  const file = path.join(folder, 'summary.md')
  const told = (environment: Record<string, string>) => {
    const [written, said]: [string[], string[]] = [[], []]
    const out = { write: (text: string) => written.push(text) }
    tellGitHub(reportOf([comparisonOf()]), { environment, out, locate: () => place, say: (text) => said.push(text) })
    return { written: written.length, said }
  }
  expect(told({ GITHUB_STEP_SUMMARY: file })).toEqual({ written: 0, said: [] })
  expect(told({ GITHUB_ACTIONS: 'true' })).toEqual({ written: 1, said: [] })
  expect(told({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file })).toEqual({ written: 1, said: [] })
  expect(readFileSync(file, 'utf8')).toMatch(/^### wiregauge: 1 regressed\n/)
  const nowhere = told({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: folder })
  expect(nowhere).toEqual({
    written: 1,
    said: [expect.stringMatching(/^the summary of the job could not be written: EISDIR/)],
  })
})
