import { spawn } from 'node:child_process'
import { once } from 'node:events'
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

test('every trial is in the file as soon as it is made, and the next one goes on from there', async () => {
  const first = await ProofLog.open(file, here)
  await first.add(decidedTrial())
  expect(readProof(file).collections).toEqual([{ ...here, trials: [decidedTrial()] }])
  const second = await ProofLog.open(file, here)
  await second.add(timeTrial(200))
  expect(second.trials).toEqual([decidedTrial(), timeTrial(200)])
  expect((await ProofLog.open(file, here)).trials).toEqual(second.trials)
})

test('two that collect at the same time lose nothing of each other, and share the work', async () => {
  const [one, other] = [await ProofLog.open(file, here), await ProofLog.open(file, here)]
  await one.add(decidedTrial())
  await other.add(timeTrial(200))
  await one.add(decidedTrial({ seed: 2 }))
  expect(one.trials).toEqual([decidedTrial(), timeTrial(200), decidedTrial({ seed: 2 })])
})

test('processes that add at once lose nothing of each other', async () => {
  const [adders, trials] = [3, 15]
  const program = `
    const { ProofLog } = await import(${JSON.stringify(new URL('./proof-log.ts', import.meta.url).href)})
    const log = await ProofLog.open(${JSON.stringify(file)}, ${JSON.stringify(here)})
    for (let trial = 0; trial < ${trials}; trial++) await log.add(${JSON.stringify(timeTrial(200))})`
  const processes = Array.from({ length: adders }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' }),
  )
  expect(await Promise.all(processes.map((each) => once(each, 'close')))).toEqual(processes.map(() => [0, null]))
  expect((await ProofLog.open(file, here)).trials).toHaveLength(adders * trials)
}, 30_000)

test.each<[string, Circumstances, string]>([
  ['another machine', { ...here, machine: { ...here.machine, class: 'other' } }, 'machine test-machine, here other'],
  ['another Node', { ...here, machine: { ...here.machine, node: '27.0.0' } }, 'Node 26.10.0, here 27.0.0'],
  ['other flags', { ...here, flags: [] }, 'flags --no-warnings, here '],
  [
    'other packages',
    { ...here, packages: { 'node_modules/axios': '1.21.2', 'node_modules/ms': '2.0.0' } },
    'axios 1.21.1, here 1.21.2; ms none, here 2.0.0',
  ],
])('trials of %s are kept, left out, and said so', async (_what, there, difference) => {
  const earlier = await ProofLog.open(file, here)
  await earlier.add(decidedTrial())
  await earlier.add(decidedTrial())
  const log = await ProofLog.open(file, there)
  expect(log.trials).toEqual([])
  expect(log.leftOut).toEqual([`2 trials are left out: ${difference}`])
  await log.add(timeTrial(200))
  expect(log.trials).toEqual([timeTrial(200)])
  expect((await ProofLog.open(file, here)).trials).toEqual([decidedTrial(), decidedTrial()])
})
