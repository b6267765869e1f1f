import { describe, expect, test } from 'vitest'
import { changedPackages } from './changed-packages.ts'
import { lockClosure } from './lock-closure.ts'

type Packages = Readonly<Record<string, { version: string; integrity?: string; dependencies?: object }>>

const closure = (packages: Packages, ...names: string[]) =>
  lockClosure({ lockfileVersion: 3, packages }, names.length === 0 ? ['axios'] : names)

const axios = { version: '1.20.0', dependencies: { redirects: '*', forms: '*' } }
const forms = { version: '4.0.0', dependencies: { mime: '*' } }
const before = closure({
  'node_modules/axios': axios,
  'node_modules/redirects': { version: '1.15.9', integrity: 'sha512-aa' },
  'node_modules/forms': forms,
  'node_modules/mime': { version: '2.0.0' },
})

describe('what differs between two closures', () => {
  test('is nothing between equal ones, wherever and however often npm has put a package', () => {
    const nested = closure({
      'node_modules/axios': axios,
      'node_modules/axios/node_modules/redirects': { version: '1.15.9', integrity: 'sha512-aa' },
      'node_modules/forms': forms,
      'node_modules/forms/node_modules/mime': { version: '2.0.0' },
      'node_modules/mime': { version: '3.0.0' },
    })
    expect(changedPackages(before, nested)).toEqual([])
  })

  test('is the version of a package that another one needs', () => {
    const after = closure({
      'node_modules/axios': axios,
      'node_modules/redirects': { version: '1.15.11', integrity: 'sha512-bb' },
      'node_modules/forms': forms,
      'node_modules/mime': { version: '2.0.0' },
    })
    expect(changedPackages(before, after)).toEqual([{ name: 'redirects', base: '1.15.9', head: '1.15.11' }])
  })

  test('is another content under the same version', () => {
    const after = before.map((locked) => (locked.name === 'redirects' ? { ...locked, integrity: 'sha512-x' } : locked))
    expect(changedPackages(before, after)).toEqual([{ name: 'redirects', base: '1.15.9', head: '1.15.9' }])
  })

  test('is a package that only one of them needs', () => {
    const after = closure({
      'node_modules/axios': { version: '1.21.0', dependencies: { redirects: '*', proxies: '*' } },
      'node_modules/redirects': { version: '1.15.9', integrity: 'sha512-aa' },
      'node_modules/proxies': { version: '2.0.0' },
    })
    expect(changedPackages(before, after)).toEqual([
      { name: 'axios', base: '1.20.0', head: '1.21.0' },
      { name: 'forms', base: '4.0.0' },
      { name: 'mime', base: '2.0.0' },
      { name: 'proxies', head: '2.0.0' },
    ])
  })

  test('is told for each version of several, the lowest first', () => {
    const several = (own: string, inner: string) =>
      closure({
        'node_modules/axios': axios,
        'node_modules/redirects': { version: '1.0.0', dependencies: { mime: '*' } },
        'node_modules/redirects/node_modules/mime': { version: inner },
        'node_modules/forms': forms,
        'node_modules/mime': { version: own },
      })
    expect(changedPackages(several('9.0.0', '10.0.0'), several('11.0.0', '10.0.1'))).toEqual([
      { name: 'mime', base: '9.0.0', head: '10.0.1' },
      { name: 'mime', base: '10.0.0', head: '11.0.0' },
    ])
    expect(changedPackages(several('9.0.0', '10.0.0'), several('9.0.0', '10.0.1'))).toEqual([
      { name: 'mime', base: '10.0.0', head: '10.0.1' },
    ])
  })

  test('is who gets which version', () => {
    const redirects = { version: '1.0.0', dependencies: { mime: '*' } }
    const split = (top: string, inner: string) =>
      closure({
        'node_modules/axios': axios,
        'node_modules/redirects': redirects,
        'node_modules/redirects/node_modules/mime': { version: inner },
        'node_modules/forms': forms,
        'node_modules/mime': { version: top },
      })
    expect(changedPackages(split('1.0.0', '2.0.0'), split('2.0.0', '1.0.0'))).toEqual([
      { name: 'mime', base: '1.0.0', head: '2.0.0' },
      { name: 'mime', base: '2.0.0', head: '1.0.0' },
    ])
  })

  test('is the version that the project itself gets', () => {
    const user = { version: '1.0.0', dependencies: { undici: '*' } }
    const own = (top: string, inner: string, third: string) =>
      closure(
        {
          'node_modules/undici': { version: top },
          'node_modules/one': user,
          'node_modules/one/node_modules/undici': { version: inner },
          'node_modules/other': user,
          'node_modules/other/node_modules/undici': { version: third },
        },
        'undici',
        'one',
        'other',
      )
    expect(changedPackages(own('7.0.0', '7.0.0', '8.0.0'), own('8.0.0', '7.0.0', '8.0.0'))).toEqual([
      { name: 'undici', base: '7.0.0', head: '8.0.0' },
    ])
  })

  test('is not told again for a package that is needed by one more', () => {
    const more = { version: '1.16.0', integrity: 'sha512-cc', dependencies: { mime: '*' } }
    const after = closure({
      'node_modules/axios': axios,
      'node_modules/redirects': more,
      'node_modules/forms': forms,
      'node_modules/mime': { version: '2.0.0' },
    })
    expect(changedPackages(before, after)).toEqual([{ name: 'redirects', base: '1.15.9', head: '1.16.0' }])
  })
})
