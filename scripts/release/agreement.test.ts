import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { disagreementsOf } from './agreement.ts'

const dated = '# Changelog\n\n## [0.2.0] - 2026-12-01\n\n- new\n\n## [0.1.0] - 2026-11-24\n\n- first\n'
const repository = { url: 'git+https://example.com/them/wiregauge.git' }
const address = 'https://example.com/them/wiregauge'
const manifest = { version: '0.2.0', repository }
const release = { manifest, lockedVersion: '0.2.0', changelog: dated, tag: 'v0.2.0', address }

test('a release agrees whose tag, version, lock and newest section of the changelog are one', () => {
  expect(disagreementsOf(release)).toEqual([])
})

test.each([
  [{ tag: 'v0.1.0' }, 'the tag is v0.1.0, the version of package.json 0.2.0'],
  [{ lockedVersion: '0.1.0' }, 'package-lock.json has version 0.1.0, package.json 0.2.0'],
  [{ manifest: { ...manifest, private: true } }, 'package.json is private, and npm publishes nothing'],
  [{ manifest: { version: '0.2.0' } }, 'package.json names no repository.url, which the provenance is held against'],
  [
    { address: 'https://example.com/others/wiregauge' },
    `package.json names the repository ${address}, this is https://example.com/others/wiregauge`,
  ],
  [{ changelog: dated.replace('2026-12-01', 'unreleased') }, 'CHANGELOG.md dates 0.2.0 unreleased'],
  [{ changelog: dated.replace('2026-12-01', '2026-13-01') }, 'CHANGELOG.md dates 0.2.0 2026-13-01'],
  [
    { changelog: dated.slice(dated.indexOf('## [0.1.0]')) },
    'the newest section of CHANGELOG.md is 0.1.0, the version of package.json 0.2.0',
  ],
])('%j is told', (part, problem) => {
  expect(disagreementsOf({ ...release, ...part })).toEqual([problem])
})

test('a changelog without a section is told', () => {
  expect(disagreementsOf({ ...release, changelog: '# Changelog\n' })).toEqual([
    'the newest section of CHANGELOG.md is none, the version of package.json 0.2.0',
    'CHANGELOG.md dates none none',
  ])
})

test('between releases the newest section may have no date yet, and this tree agrees', () => {
  const root = path.resolve(import.meta.dirname, '../..')
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
  const manifest = JSON.parse(read('package.json'))
  const lockedVersion = JSON.parse(read('package-lock.json')).version
  expect(disagreementsOf({ manifest, lockedVersion, changelog: read('CHANGELOG.md') })).toEqual([])
})
