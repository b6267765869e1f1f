import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { lockClosure } from './lock-closure.ts'

const lockOf = (packages: object, lockfileVersion: unknown = 3) => ({
  lockfileVersion,
  packages: { '': {}, ...packages },
})
const places = (lock: unknown, ...names: string[]) => lockClosure(lock, names).map(({ place }) => place)

describe('the closure of packages in a lock', () => {
  test('has name, place, version and integrity of each, and who gets what', () => {
    const lock = lockOf({
      'node_modules/axios': { version: '1.20.0', integrity: 'sha512-aa', dependencies: { 'follow-redirects': '^1' } },
      'node_modules/follow-redirects': { version: '1.15.9', integrity: 'sha512-bb' },
      'node_modules/vitest': { version: '5.1.1', integrity: 'sha512-cc' },
    })
    expect(lockClosure(lock, ['axios'])).toEqual([
      {
        name: 'axios',
        place: 'node_modules/axios',
        version: '1.20.0',
        integrity: 'sha512-aa',
        asked: true,
        needs: ['node_modules/follow-redirects'],
      },
      {
        name: 'follow-redirects',
        place: 'node_modules/follow-redirects',
        version: '1.15.9',
        integrity: 'sha512-bb',
        asked: false,
        needs: [],
      },
    ])
  })

  test('takes the nearest node_modules upwards, like Node', () => {
    const lock = lockOf({
      'node_modules/a': { version: '1.0.0', dependencies: { '@s/b': '*' } },
      'node_modules/a/node_modules/@s/b': { version: '1.0.0', dependencies: { c: '*', d: '*' } },
      'node_modules/a/node_modules/c': { version: '1.0.0' },
      'node_modules/@s/b': { version: '2.0.0', dependencies: { e: '*' } },
      'node_modules/c': { version: '2.0.0' },
      'node_modules/d': { version: '1.0.0' },
      'node_modules/e': { version: '1.0.0' },
    })
    expect(places(lock, 'a')).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/@s/b',
      'node_modules/a/node_modules/c',
      'node_modules/d',
    ])
  })

  test.each(['dependencies', 'optionalDependencies', 'peerDependencies'])('has %s where the lock has them', (kind) => {
    const a = { version: '1.0.0', [kind]: { b: '*', absent: '*' } }
    expect(places(lockOf({ 'node_modules/a': a, 'node_modules/b': {} }), 'a')).toEqual([
      'node_modules/a',
      'node_modules/b',
    ])
  })

  test('leaves out what is needed for development', () => {
    const a = { version: '1.0.0', devDependencies: { b: '*' } }
    expect(places(lockOf({ 'node_modules/a': a, 'node_modules/b': {} }), 'a')).toEqual(['node_modules/a'])
  })

  test('follows links to folders of the project', () => {
    const lock = lockOf({
      'node_modules/local': { resolved: 'packages/local', link: true },
      'packages/local': { version: '0.1.0', dependencies: { a: '*', b: '*' } },
      'packages/local/node_modules/a': { version: '1.0.0' },
      'node_modules/a': { version: '2.0.0' },
      'node_modules/b': { version: '1.0.0' },
    })
    expect(places(lock, 'local')).toEqual(['node_modules/b', 'packages/local', 'packages/local/node_modules/a'])
    expect(lockClosure(lock, ['local'])[1]).toMatchObject({ name: 'local', version: '0.1.0' })
  })

  test('tells packages out of git by their address with commit', () => {
    const lock = lockOf({ 'node_modules/a': { version: '1.0.0', resolved: 'git+ssh://example.test/a.git#abc' } })
    expect(lockClosure(lock, ['a'])[0]?.integrity).toBe('git+ssh://example.test/a.git#abc')
  })

  test('ends where packages need each other, and adds nothing for a name that is not there', () => {
    const lock = lockOf({
      'node_modules/a': { dependencies: { b: '*' } },
      'node_modules/b': { dependencies: { a: '*' } },
    })
    expect(places(lock, 'a', 'absent', 'constructor')).toEqual(['node_modules/a', 'node_modules/b'])
  })

  test('of this project has what axios needs', () => {
    const lock: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8'))
    const found = places(lock, 'axios')
    expect(found).toEqual(
      expect.arrayContaining(['node_modules/axios', 'node_modules/follow-redirects', 'node_modules/mime-db']),
    )
    expect(found).not.toContain('node_modules/vitest')
  })

  test('is read from locks of version 2, too', () => {
    expect(places(lockOf({ 'node_modules/a': {} }, 2), 'a')).toEqual(['node_modules/a'])
  })

  test.each<[string, unknown]>([
    ['is no lock of npm', undefined],
    ['is no lock of npm', 'lock'],
    ['is no lock of npm', []],
    ['is no lock of npm', { packages: {} }],
    ['has lockfileVersion 1', { lockfileVersion: 1, dependencies: {} }],
    ['has lockfileVersion 4', lockOf({}, 4)],
    ['has lockfileVersion "3"', lockOf({}, '3')],
    ['does not list its packages', { lockfileVersion: 3 }],
    ['does not list its packages', { lockfileVersion: 3, packages: { a: 'text' } }],
  ])('is refused for what %s: %j', (problem, lock) => {
    expect(() => lockClosure(lock, ['axios'], 'base/package-lock.json')).toThrow(
      new UsageError(
        `base/package-lock.json ${problem}; expected a package-lock.json of lockfileVersion 2 or 3, which ` +
          '`npm install` of npm 7 or newer writes',
      ),
    )
  })
})
