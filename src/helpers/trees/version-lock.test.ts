import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { describePackages, settleLock } from './version-lock.ts'

const root = mkdtempSync(path.join(tmpdir(), 'wiregauge-lock-'))
afterAll(() => rmSync(root, { recursive: true }))

describe('packages that are asked for', () => {
  test('are named with their versions, which may be ranges and tags', () => {
    expect(
      describePackages({ axios: '1.20.0', '@mswjs/interceptors': '^0.39.0 || >=1.0.0-rc.1', undici: 'next-7' }),
    ).toBe('axios@1.20.0, @mswjs/interceptors@^0.39.0 || >=1.0.0-rc.1, undici@next-7')
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['no packages', {}, 'no packages were asked for; name at least one, e.g. axios@1.20.0'],
    ['a path as a name', { '../axios': '1.0.0' }, '"../axios" is not the name of a package'],
    ['an option as a name', { '--registry': '1.0.0' }, '"--registry" is not the name of a package'],
    ['a name with a line break', { 'axios\n': '1.0.0' }, '"axios\\n" is not the name of a package'],
    [
      'a folder',
      { axios: '../axios' },
      '"../axios" is not a version of axios: expected an exact version, a range or a dist-tag, e.g. 1.20.0, ^1.20.0 or latest',
    ],
    ['a folder above', { axios: '..' }, '".." is not a version of axios'],
    ['an address', { axios: 'https://127.0.0.1/axios' }, '"https://127.0.0.1/axios" is not a version of axios'],
    ['a repository', { axios: 'axios/axios' }, '"axios/axios" is not a version of axios'],
    ['an alias', { axios: 'npm:undici@8.0.0' }, '"npm:undici@8.0.0" is not a version of axios'],
    ['an archive', { axios: 'axios.tgz' }, '"axios.tgz" is not a version of axios'],
    ['an empty version', { axios: ' ' }, '" " is not a version of axios'],
    ['what moves the cursor', { axios: '\u001b[2J' }, '"\\u001b[2J" is not a version of axios'],
  ])('cannot be %s', (_, asked, message) => {
    expect(() => describePackages(asked)).toThrow(message)
  })
})

test('a lock is settled on exact versions, so that it does not tell how they were asked for', () => {
  const settled = ['latest', '^1.0.0'].map((spec) => {
    const packages = { '': { name: 'x', dependencies: { axios: spec } }, 'node_modules/axios': { version: '1.21.1' } }
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }))
    return settleLock(root, { axios: spec })
  })
  expect(settled[1]).toEqual(settled[0])
  expect(settled[0]?.versions).toEqual({ axios: '1.21.1' })
  expect(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).toBe(settled[0]?.text)
  expect(readFileSync(path.join(root, 'package.json'), 'utf8')).toContain('"axios": "1.21.1"')
})
