import { expect, test } from 'vitest'
import { bareVerdict } from '../budgets/test-verdict.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { verdictMessage } from './verdict-message.ts'

const ratio: Verdict = {
  state: 'regressed',
  client: 'axios',
  scenario: 'small-4',
  budget: 'throughput against reference',
  reason: 'throughput is 15.0 % below what is expected, wholly beyond what is tolerated',
  measured: { estimate: 0.85, low: 0.841, high: 0.859, level: 0.95 },
  unit: 'ratio',
  expected: 1,
  tolerates: 0.985,
  catches: 0.95,
  compared: 'current 1.21.1 with reference 1.21.0',
  sameFiles: false,
  treeChanged: true,
}

const text = (...lines: string[]) => lines.join('\n')

test('a regression tells threshold, measured value with interval, difference, what was compared, and how to repeat it', () => {
  expect(verdictMessage(ratio, 42)).toBe(
    text(
      'axios small-4, throughput against reference: regressed',
      '  measured    0.850 × (95 % interval 0.841 … 0.859)',
      '  expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×',
      '  difference  −15.0 %',
      '  compared    current 1.21.1 with reference 1.21.0',
      '  reason      throughput is 15.0 % below what is expected, wholly beyond what is tolerated',
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})

test('a red between the same files is told to be a false one', () => {
  const verdict = {
    ...ratio,
    sameFiles: true,
    treeChanged: false,
    compared: 'current with reference (same files, A/A)',
  }
  expect(verdictMessage(verdict, 42)).toBe(
    text(
      'axios small-4, throughput against reference: regressed',
      '  measured    0.850 × (95 % interval 0.841 … 0.859)',
      '  expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×',
      '  difference  −15.0 %',
      '  compared    current with reference (same files, A/A)',
      '  reason      throughput is 15.0 % below what is expected, wholly beyond what is tolerated (a false red: the files are the same)',
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})

test('an inconclusive verdict tells why', () => {
  const reason = "the target was the bottleneck: its thread was busy 97 % of the time, the client's 60 %"
  expect(verdictMessage({ ...ratio, state: 'inconclusive', reason }, 42)).toBe(
    text(
      'axios small-4, throughput against reference: inconclusive',
      '  measured    0.850 × (95 % interval 0.841 … 0.859)',
      '  expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×',
      '  difference  −15.0 %',
      '  compared    current 1.21.1 with reference 1.21.0',
      `  reason      ${reason}`,
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})

test('an invalid measurement has no figures, only the reason', () => {
  const verdict = bareVerdict({
    state: 'invalid',
    budget: 'connections',
    reason: 'current: hung: no answer for 10 s in blocks',
  })
  expect(verdictMessage(verdict, 42)).toBe(
    text(
      'axios small-4, connections: invalid',
      '  reason      current: hung: no answer for 10 s in blocks',
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})

test('a counted value has its exact limit', () => {
  const verdict: Verdict = {
    ...ratio,
    budget: 'connections',
    reason: '1000 connections, expected exactly 4',
    measured: { estimate: 1_000, low: 1_000, high: 1_000, level: 1 },
    unit: 'connections',
    expected: 4,
    tolerates: 4,
    catches: 4,
    compared: 'the stated number',
  }
  expect(verdictMessage(verdict, 42)).toBe(
    text(
      'axios small-4, connections: regressed',
      '  measured    1,000 connections',
      '  expected    4 connections, exactly',
      '  difference  +996',
      '  compared    the stated number',
      '  reason      1000 connections, expected exactly 4',
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})

test('listeners have a limit that may be kept below', () => {
  const verdict: Verdict = {
    ...ratio,
    budget: 'listeners against reference',
    reason: '1009 listeners on a pooled socket, those of the reference have 9',
    measured: { estimate: 1_009, low: 1_009, high: 1_009, level: 1 },
    unit: 'listeners',
    expected: 9,
    tolerates: 9,
    catches: 9,
  }
  expect(verdictMessage(verdict, 42)).toBe(
    text(
      'axios small-4, listeners against reference: regressed',
      '  measured    1,009 listeners',
      '  expected    9 listeners, at most',
      '  difference  +1,000',
      '  compared    current 1.21.1 with reference 1.21.0',
      '  reason      1009 listeners on a pooled socket, those of the reference have 9',
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})

test('a share of slow batches differs by points', () => {
  const verdict: Verdict = {
    ...ratio,
    budget: 'batches over 3 × against reference',
    reason: '2.1 points more batches took over 3 × the median',
    measured: { estimate: 0.021, low: 0.018, high: 0.024, level: 0.95 },
    unit: 'share of batches',
    expected: 0,
    tolerates: 0.005,
    catches: 0.03,
  }
  expect(verdictMessage(verdict, 42)).toBe(
    text(
      'axios small-4, batches over 3 × against reference: regressed',
      '  measured    2.1 % of batches (95 % interval 1.8 … 2.4)',
      '  expected    0 % of batches, tolerates 0.5 % of batches, catches 3 % of batches',
      '  difference  +2.10 points',
      '  compared    current 1.21.1 with reference 1.21.0',
      '  reason      2.1 points more batches took over 3 × the median',
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})

test('what is retained differs in bytes, since nothing is expected', () => {
  const verdict: Verdict = {
    ...ratio,
    budget: 'retained bytes against reference',
    reason: '812 bytes per request more stay in use',
    measured: { estimate: 812.4, low: 790, high: 834.8, level: 0.95 },
    unit: 'bytes per request',
    expected: 0,
    tolerates: 50,
    catches: 500,
  }
  expect(verdictMessage(verdict, 42)).toBe(
    text(
      'axios small-4, retained bytes against reference: regressed',
      '  measured    812.4 bytes per request (95 % interval 790 … 835)',
      '  expected    0 bytes per request, tolerates 50 bytes per request, catches 500 bytes per request',
      '  difference  +812.4 bytes per request',
      '  compared    current 1.21.1 with reference 1.21.0',
      '  reason      812 bytes per request more stay in use',
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})

test('a budget that gates nothing any more is told to be blind', () => {
  const reason = 'too noisy; blind: inconclusive in 3 runs running, so it gates nothing until it is retuned'
  const message = verdictMessage({ ...ratio, state: 'inconclusive', blind: true, reason }, 42)
  expect(message.split('\n')[0]).toBe('axios small-4, throughput against reference: inconclusive (blind)')
  expect(message).toContain(`  reason      ${reason}\n`)
})

test('throughput per second passes with its limit beside what is expected', () => {
  const verdict: Verdict = {
    ...ratio,
    state: 'pass',
    budget: 'throughput per second',
    reason: 'reaches 800 requests/s',
    measured: { estimate: 1_900, low: 1_500, high: 2_300, level: 0.95 },
    unit: 'requests/s',
    expected: 2_000,
    tolerates: 800,
    catches: 800,
    compared: 'the stated limit',
  }
  expect(verdictMessage(verdict, 42)).toBe(
    text(
      'axios small-4, throughput per second: pass',
      '  measured    1,900 requests/s (95 % interval 1,500 … 2,300)',
      '  expected    2,000 requests/s, limit 800 requests/s',
      '  difference  −5.0 %',
      '  compared    the stated limit',
      '  reason      reaches 800 requests/s',
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})

test('what was not measured because the files are the same has no figures', () => {
  const { measured: _m, unit: _u, expected: _e, tolerates: _t, catches: _c, ...bare } = ratio
  const verdict: Verdict = { ...bare, state: 'pass', compared: 'nothing, the files are the same', reason: 'same files' }
  expect(verdictMessage(verdict, 42)).toBe(
    text(
      'axios small-4, throughput against reference: pass',
      '  compared    nothing, the files are the same',
      '  reason      same files',
      '  again       npx wiregauge run axios --scenario small-4 --seed 42',
    ),
  )
})
