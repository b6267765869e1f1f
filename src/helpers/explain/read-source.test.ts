import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { fileReader } from './read-source.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-sources-'))
afterAll(() => rmSync(folder, { recursive: true }))
mkdirSync(path.join(folder, 'lib'))
mkdirSync(path.join(folder, 'node_modules', 'nested'), { recursive: true })
for (const file of ['index.js', 'lib/a.mjs', 'lib/a.d.ts', 'notes.md', 'node_modules/nested/index.js']) {
  writeFileSync(path.join(folder, file), file)
}

test('scripts of a package are those in its folder, without those of packages in it', () => {
  expect(fileReader().scripts(folder)).toEqual(['index.js', 'lib/a.mjs'])
  expect(fileReader().scripts(path.join(folder, 'missing'))).toEqual([])
})

test('texts are read by path and by address, and are none where there is no file', () => {
  const file = path.join(folder, 'index.js')
  expect([file, pathToFileURL(file).href].map(fileReader().text)).toEqual(['index.js', 'index.js'])
  expect(['', 'node:events', path.join(folder, 'missing.js')].map(fileReader().text)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
