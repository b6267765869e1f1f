import { expect, test } from 'vitest'
import type { Verdict } from '../budgets/verdict.ts'
import { comparisonMarkdown } from './comparison-markdown.ts'
import { stateOf } from './comparison-state.ts'
import { comparisonText } from './comparison-text.ts'
import { reproduceCommand } from './comparison-words.ts'
import { comparisonOf, passOf, reportNamed, reportOf, verdictOf } from './test-comparison.ts'
import { hostileNamesFrom } from './test-hostile.ts'

test('the worst stands first, and below it is what is no pass, why it was measured, the noise and the commands', () => {
  const turns = { kind: 'processes taking turns', reason: 'it patches globals' } as const
  const unsure = verdictOf({ client: 'msw', state: 'inconclusive', reason: 'the machine is too noisy to tell' })
  const report = reportOf(
    [
      passOf('undici-request'),
      passOf('fetch', { throughput: { estimate: 1.1, low: 1.08, high: 1.12, level: 0.95 }, because: [] }),
      passOf('msw', { verdicts: [unsure], way: turns }),
      comparisonOf(),
    ],
    { unchanged: ['node-fetch'] },
  )
  expect(
    comparisonText(report),
  ).toBe(`┌────────────────┬──────────┬──────────────┬───────────────────────┬─────────────────────────────┬──────────────┐
│ client         │ scenario │ base         │ head                  │                  throughput │ verdict      │
├────────────────┼──────────┼──────────────┼───────────────────────┼─────────────────────────────┼──────────────┤
│ axios          │ small-4  │ axios@1.20.0 │ working tree (1.21.1) │ −15.5 % (−16.2 % … −14.7 %) │ regressed    │
├────────────────┼──────────┼──────────────┼───────────────────────┼─────────────────────────────┼──────────────┤
│ msw            │ small-4  │ origin/main  │ working tree (1.21.1) │    +0.1 % (−0.3 % … +0.5 %) │ inconclusive │
├────────────────┼──────────┼──────────────┼───────────────────────┼─────────────────────────────┼──────────────┤
│ fetch          │ small-4  │ origin/main  │ working tree (1.21.1) │  +10.0 % (+8.0 % … +12.0 %) │ improved     │
├────────────────┼──────────┼──────────────┼───────────────────────┼─────────────────────────────┼──────────────┤
│ undici-request │ small-4  │ origin/main  │ working tree (1.21.1) │    +0.1 % (−0.3 % … +0.5 %) │ pass         │
└────────────────┴──────────┴──────────────┴───────────────────────┴─────────────────────────────┴──────────────┘

axios small-4, throughput against reference: regressed
  measured    0.845 × (95 % interval 0.838 … 0.853)
  expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×
  difference  −15.5 %
  compared    axios 1.21.1 with axios 1.20.0
  reason      throughput is 15.5 % below what is expected, wholly beyond what is tolerated

msw small-4, throughput against reference: inconclusive
  measured    0.845 × (95 % interval 0.838 … 0.853)
  expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×
  difference  −15.5 %
  compared    axios 1.21.1 with axios 1.20.0
  reason      the machine is too noisy to tell

why measured:
  axios small-4: follow-redirects 1.15.9 → 1.15.11 (4 replicates)
  msw small-4: follow-redirects 1.15.9 → 1.15.11 (4 replicates)
  fetch small-4: asked for (4 replicates)
  undici-request small-4: follow-redirects 1.15.9 → 1.15.11 (4 replicates)

measured in processes taking turns:
  msw: it patches globals

left out, nothing of theirs changed: node-fetch
1 regressed, 1 inconclusive, 1 improved, 1 pass
noise: equal code differed by 0.9 % (root mean square of the A/A replicates of this run)
1 min 20 s of measuring on AMD EPYC, 2 cores, linux-x64, Node 26.10.0

again:
  npx wiregauge compare axios --base axios@1.20.0 --scenario small-4 --seed 7
  npx wiregauge compare msw --base origin/main --scenario small-4 --seed 7
  npx wiregauge compare fetch --base origin/main --scenario small-4 --seed 7
  npx wiregauge compare undici-request --base origin/main --scenario small-4 --seed 7`)
})

test('says so when nothing that could matter changed', () => {
  const { noise: _none, ...quiet } = reportOf([], { unchanged: ['axios', 'fetch'], exitCode: 0 })
  expect(comparisonText(quiet)).toBe(
    'nothing that could matter changed: axios, fetch (base origin/main, head working tree)\n' +
      'noise: no A/A pair was measured in this run',
  )
})

test('the noise of earlier runs stands beside that of this one', () => {
  const report = reportOf([], { earlierNoise: { difference: 0.012, pairs: 7 } })
  expect(comparisonText(report)).toContain(
    '(root mean square of the A/A replicates of this run); before, 1.2 % over 7 A/A pairs on this machine',
  )
})

test('a client that the head no longer has is not told as unchanged', () => {
  const told = 'only in base, not measured: node-fetch'
  for (const report of [
    reportOf([], { removed: ['node-fetch'] }),
    reportOf([passOf('axios')], { removed: ['node-fetch'] }),
  ]) {
    expect(comparisonText(report)).toContain(told)
    expect(comparisonMarkdown(report)).toContain('only in base, not measured: <code>node-fetch</code>')
  }
})

test('what was not measured is told with the reason, and the line of counts is no green one', () => {
  const notMeasured = ['http', 'undici'].map((client) => ({ client, scenario: 'small-4', reason: 'interrupted' }))
  const text = comparisonText(reportOf([passOf('fetch')], { notMeasured, exitCode: 130 }))
  expect(text).toContain('\nnot measured: http small-4, undici small-4: interrupted\n')
  expect(text).toContain('\npartial: 1 pass, 2 not measured (exit code 130)\n')
  expect(comparisonText(reportOf([], { notMeasured, exitCode: 130, unchanged: ['msw'] }))).toBe(
    'not measured: http small-4, undici small-4: interrupted\n' +
      'noise: equal code differed by 0.9 % (root mean square of the A/A replicates of this run)\n' +
      'partial: 2 not measured (exit code 130)',
  )
})

test('arms that interfere are explained once a pair', () => {
  const interfere = (budget: string) =>
    verdictOf({ state: 'inconclusive', budget, reason: `arms interfere: alone 10 %, side by side ${budget} is better` })
  const text = comparisonText(reportOf([passOf('axios', { verdicts: ['throughput', 'CPU', 'p90'].map(interfere) })]))
  expect(text.match(/alone 10 %/g)).toHaveLength(1)
  expect(text).toContain('  also p90: inconclusive, 0.845 × (95 % interval 0.838 … 0.853): arms interfere, as above')
})

test('a comparison is as bad as its worst verdict: regressed goes before inconclusive and invalid', () => {
  const states = ['pass', 'invalid', 'inconclusive', 'regressed'] as const
  for (let end = 1; end <= states.length; end++) {
    const verdicts = states.slice(0, end).map((state) => verdictOf({ state }))
    const expected = ['pass', 'invalid', 'inconclusive', 'regressed'][end - 1] ?? ''
    expect(stateOf(passOf('axios', { verdicts }))).toBe(expected)
  }
})

test('an improvement lies wholly beyond what is tolerated, and not with its estimate alone', () => {
  const throughput = { estimate: 1.1, low: 1.0, high: 1.2, level: 0.95 }
  expect(stateOf(passOf('axios', { throughput }))).toBe('pass')
  expect(stateOf(passOf('axios', { throughput: { ...throughput, low: 1.08 } }))).toBe('improved')
})

test('the command names the head unless that is the working tree', () => {
  expect(reproduceCommand(comparisonOf({ head: { name: '-x' }, client: '-rf' }))).toBe(
    'npx wiregauge compare --base axios@1.20.0 --head=-x --scenario small-4 --seed 7 -- -rf',
  )
})

test('what changed and was not judged is no pass', () => {
  expect(comparisonText(reportOf([passOf('axios', { verdicts: [] })]))).toContain('│ not judged │')
})

test('an improvement is one beyond what is tolerated the other way', () => {
  const within = { estimate: 1.012, low: 1.01, high: 1.014, level: 0.95 }
  expect(comparisonText(reportOf([passOf('axios', { throughput: within })]))).toContain('1 pass')
})

test('no name does anything to a terminal, or is a command for the runner', () => {
  for (const name of hostileNamesFrom(2, 300)) {
    for (const line of comparisonText(reportNamed(name)).split('\n')) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/u)
      expect(line).not.toMatch(/^\s*::|##\[/)
    }
  }
})

test('a branch with a name that a shell would obey is one argument of the command', () => {
  const text = comparisonText(reportOf([comparisonOf({ base: { name: "$(touch x)';y" } })]))
  expect(text).toContain(`npx wiregauge compare axios --base '$(touch x)'\\'';y' --scenario small-4 --seed 7`)
})

test('a red that is not about throughput says in the table what it is about, by how much, and how many more', () => {
  const allocated = verdictOf({
    budget: 'allocated bytes against reference',
    measured: { estimate: 1.067, low: 1.06, high: 1.075, level: 0.95 },
  })
  const of = (...verdicts: Verdict[]): string =>
    comparisonText(
      reportOf([comparisonOf({ verdicts, throughput: { estimate: 1, low: 0.99, high: 1.01, level: 0.95 } })]),
    )
  expect(of(allocated)).toMatch(/│ regressed: allocated bytes \+6\.7 % │/)
  expect(of(allocated, verdictOf({ budget: 'CPU time against reference' }))).toMatch(
    /allocated bytes \+6\.7 % and 1 more │/,
  )
  expect(of(allocated, verdictOf())).toMatch(/│ regressed │/)
})
