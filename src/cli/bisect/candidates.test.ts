import { expect, test } from 'vitest'
import { candidatesOf } from './candidates.ts'

const published = [
  { version: '1.0.0', prerelease: false },
  { version: '1.1.0-rc.1', prerelease: true },
  { version: '1.1.0', prerelease: false },
  { version: '1.2.0', prerelease: false, deprecated: 'broken' },
  { version: '1.3.0-beta', prerelease: true, deprecated: 'old' },
  { version: '1.3.0', prerelease: false },
  { version: '2.0.0', prerelease: false },
]

test('pre-releases and deprecated versions are left out and counted', () => {
  expect(candidatesOf(published, { good: '1.0.0', bad: '1.3.0' })).toEqual({
    versions: ['1.0.0', '1.1.0', '1.3.0'],
    leftOut: { prereleases: 2, deprecated: 1 },
  })
})

test('what is asked for is searched', () => {
  const given = { good: '1.0.0', bad: '1.3.0', prereleases: true, deprecated: true }
  expect(candidatesOf(published, given).versions).toEqual(published.slice(0, 6).map(({ version }) => version))
})

test('the ends may be what is left out otherwise', () => {
  expect(candidatesOf(published, { good: '1.1.0-rc.1', bad: '1.2.0' }).versions).toEqual([
    '1.1.0-rc.1',
    '1.1.0',
    '1.2.0',
  ])
})

test.each([
  ['1.0.5', '2.0.0', '--good 1.0.5 was never published; versions like it: 1.0.0, '],
  ['1.0.0', '1.3.1\u001b', '--bad 1.3.1\\u{1b} was never published; versions like it: 1.3.0, '],
  ['2.0.0', '1.0.0', '--good 2.0.0 does not come before --bad 1.0.0; expected an older version that is fast'],
  ['2.0.0', '2.0.0', '--good 2.0.0 does not come before --bad 2.0.0'],
])('from %s to %j is wrong', (good, bad, message) => {
  const wrong = () => candidatesOf(published, { good, bad })
  expect(wrong).toThrow(expect.objectContaining({ code: 'WIREGAUGE_USAGE', message: expect.stringContaining(message) }))
})
