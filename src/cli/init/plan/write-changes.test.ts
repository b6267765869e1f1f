import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { changesText, undoText } from './changes-text.ts'
import { requireAsPlanned, writeChanges } from './write-changes.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-changes-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const at = (name: string) => path.join(root, name)

test('files are made with their folders, and edited', () => {
  writeFileSync(at('package.json'), 'before')
  writeChanges(
    [
      { file: at('perf/deep/api.ts'), text: 'new' },
      { file: at('package.json'), before: 'before', text: 'after' },
    ],
    root,
  )
  expect(readFileSync(at('perf/deep/api.ts'), 'utf8')).toBe('new')
  expect(readFileSync(at('package.json'), 'utf8')).toBe('after')
})

test('when one cannot be written, none is: neither files nor folders stay', () => {
  writeFileSync(at('package.json'), 'before')
  mkdirSync(at('kept'))
  const changes = [
    { file: at('perf/deep/api.ts'), text: 'new' },
    { file: at('kept/api.ts'), text: 'new' },
    { file: at('package.json'), before: 'before', text: 'after' },
    { file: at('kept/api.ts/x.ts'), text: 'new' },
  ]
  expect(() => writeChanges(changes, root)).toThrow(/^nothing is written: kept.api\.ts.x\.ts: /)
  expect(readdirSync(root).sort()).toEqual(['kept', 'package.json'])
  expect(readdirSync(at('kept'))).toEqual([])
  expect(readFileSync(at('package.json'), 'utf8')).toBe('before')
})

test('a file that is there is not overwritten, and one that has changed is not edited', () => {
  writeFileSync(at('a'), 'here')
  expect(() =>
    writeChanges(
      [
        { file: at('b'), text: 'new' },
        { file: at('a'), text: 'new' },
      ],
      root,
    ),
  ).toThrow('nothing is written: a is there already; init never overwrites, so move it away first')
  expect(() => writeChanges([{ file: at('a'), before: 'there', text: 'new' }], root)).toThrow(
    'nothing is written: a has changed meanwhile; run init again',
  )
  expect(existsSync(at('b'))).toBe(false)
  expect(readFileSync(at('a'), 'utf8')).toBe('here')
})

test('a file that is in the place of a folder is found before anything is written or measured', () => {
  writeFileSync(at('perf'), '')
  const message = 'nothing is written: perf/deep/api.ts cannot be written, because perf is no folder'
  expect(() => requireAsPlanned({ file: at('perf/deep/api.ts'), text: 'new' }, root)).toThrow(new UsageError(message))
})

test('what is written is told with sizes and differences, and how it is undone', () => {
  const before = '{\n  "scripts": {\n    "test": "vitest run"\n  }\n}\n'
  const text = '{\n  "scripts": {\n    "test": "vitest run",\n    "perf": "vitest run --project gate"\n  }\n}\n'
  const changes = [
    { file: at('perf/api.ts'), text: 'x'.repeat(1_234) },
    { file: at('package.json'), before, text },
  ]
  expect(changesText(changes, root)).toBe(`  new   perf/api.ts (1.2 kB)
            ${'x'.repeat(1_234)}
  edit  package.json
              "scripts": {
          -     "test": "vitest run"
          +     "test": "vitest run",
          +     "perf": "vitest run --project gate"
              }
            …`)
  expect(undoText(changes, root)).toBe(`undo: delete perf/api.ts
      take out of package.json (or: git checkout package.json):
              "perf": "vitest run --project gate"`)
})
