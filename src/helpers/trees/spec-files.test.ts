import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { specFilesOf } from './spec-files.ts'

const specs = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-specs-'))
afterAll(() => rmSync(specs, { recursive: true }))

test('specs are the files of the folder that are named for tests or for the gate alone, in either language and as either kind of module, in order', () => {
  const found = [
    'a.test.cjs',
    'b.test.mjs',
    'c.test.js',
    'd.test.ts',
    'e.test.mts',
    'f.test.cts',
    'g.perf.mjs',
    'h.perf.ts',
  ]
  for (const name of [...found, 'client.ts', 'a.spec.ts', 'perf.ts', 'g.test.json', 'h.test.ts.snap']) {
    writeFileSync(path.join(specs, name), '')
  }
  mkdirSync(path.join(specs, 'deep'))
  writeFileSync(path.join(specs, 'deep', 'i.test.ts'), '')
  expect(specFilesOf({ specs })).toEqual(found)
  expect(specFilesOf({ specs: path.join(specs, 'none') })).toEqual([])
})
