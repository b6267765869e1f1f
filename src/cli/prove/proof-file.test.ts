import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Proof } from './proof.ts'
import { readProof, writeProof } from './proof-file.ts'
import { decidedTrial, here, timeTrial } from './test-proof.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-proof-'))
  file = path.join(folder, 'reports', 'proof.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what was written is read', () => {
  const trials = [
    decidedTrial(),
    timeTrial(200),
    { part: 'agreement', case: 'a', seed: 1, at: 'then', durationMs: 1, paired: -0.05, loaded: -0.06 },
  ] as const
  const proof: Proof = { schemaVersion: 1, collections: [{ ...here, trials }] }
  writeProof(file, proof)
  expect(readProof(file)).toEqual(proof)
})

test('where there is no file nothing was proved', () => {
  expect(readProof(file)).toEqual({ schemaVersion: 1, collections: [] })
})

test.each([
  ['{"schemaVersion": 1, "coll', 'cannot be read'],
  ['{"schemaVersion": 2, "collections": []}', 'is not of schema version 1: /schemaVersion must be equal to constant'],
  ['{"schemaVersion": 1}', "is not of schema version 1: / must have required property 'collections'"],
  [
    JSON.stringify({ schemaVersion: 1, collections: [{ ...here, trials: [{ ...timeTrial(1), exitCode: 'none' }] }] }),
    'is not of schema version 1: /collections/0/trials/0/exitCode must be integer',
  ],
])('a broken file is wrong usage, and is left as it is', (text, problem) => {
  mkdirSync(path.dirname(file))
  writeFileSync(file, text)
  expect(() => readProof(file)).toThrow(
    expect.objectContaining({ code: 'WIREGAUGE_USAGE', message: expect.stringContaining(`${file} ${problem}`) }),
  )
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('a file that cannot be written is wrong usage', () => {
  writeFileSync(path.join(folder, 'reports'), 'no folder')
  expect(() => writeProof(file, { schemaVersion: 1, collections: [] })).toThrow(
    expect.objectContaining({ code: 'WIREGAUGE_USAGE', message: expect.stringContaining(file) }),
  )
})
