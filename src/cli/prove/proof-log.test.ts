import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Circumstances } from './proof.ts'
import { readProof } from './proof-file.ts'
import { ProofLog } from './proof-log.ts'
import { decidedTrial, here, timeTrial } from './test-proof.ts'

let file: string

beforeEach(() => {
  file = path.join(mkdtempSync(path.join(os.tmpdir(), 'wiregauge-proof-')), 'proof.json')
})
afterEach(() => rmSync(path.dirname(file), { recursive: true }))

test('every trial is in the file as soon as it is made, and the next one goes on from there', () => {
  const first = new ProofLog(file, here)
  first.add(decidedTrial())
  expect(readProof(file).collections).toEqual([{ ...here, trials: [decidedTrial()] }])
  const second = new ProofLog(file, here)
  second.add(timeTrial(200))
  expect(second.trials).toEqual([decidedTrial(), timeTrial(200)])
  expect(new ProofLog(file, here).trials).toEqual(second.trials)
})

test('two that collect at the same time lose nothing of each other, and share the work', () => {
  const [one, other] = [new ProofLog(file, here), new ProofLog(file, here)]
  one.add(decidedTrial())
  other.add(timeTrial(200))
  one.add(decidedTrial({ seed: 2 }))
  expect(one.trials).toEqual([decidedTrial(), timeTrial(200), decidedTrial({ seed: 2 })])
})

test.each<[string, Circumstances, string]>([
  ['another machine', { ...here, machine: { ...here.machine, class: 'other' } }, 'machine test-machine, here other'],
  ['another Node', { ...here, machine: { ...here.machine, node: '27.0.0' } }, 'Node 26.10.0, here 27.0.0'],
  ['other flags', { ...here, flags: [] }, 'flags --no-warnings, here '],
  [
    'other packages',
    { ...here, packages: { 'node_modules/axios': '1.21.2', 'node_modules/ms': '2.0.0' } },
    'axios 1.21.1, here 1.21.2; ms none, here 2.0.0',
  ],
])('trials of %s are kept, left out, and said so', (_what, there, difference) => {
  const earlier = new ProofLog(file, here)
  earlier.add(decidedTrial())
  earlier.add(decidedTrial())
  const log = new ProofLog(file, there)
  expect(log.trials).toEqual([])
  expect(log.leftOut).toEqual([`2 trials are left out: ${difference}`])
  log.add(timeTrial(200))
  expect(log.trials).toEqual([timeTrial(200)])
  expect(new ProofLog(file, here).trials).toEqual([decidedTrial(), decidedTrial()])
})
