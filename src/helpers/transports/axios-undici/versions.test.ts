import { expect, test } from 'vitest'
import { requireVersion, UnsupportedVersionError } from './versions.ts'

test.each([
  ['axios', '1.7.0'],
  ['axios', '1.21.1'],
  ['undici', '7.0.0'],
  ['undici', '8.12.4'],
  ['undici', '8.0.0-beta.1'],
  ['axios', '1.7.1-beta.0'],
] as const)('%s %s is taken', (library, version) => {
  expect(() => requireVersion(library, version)).not.toThrow()
})

test.each([
  ['axios', '0.30.2'],
  ['axios', '1.6.8'],
  ['axios', '2.0.0'],
  ['undici', '6.21.0'],
  ['undici', '9.0.0'],
  ['axios', '1.7.0-beta.2'],
  ['undici', '7.0.0-alpha.10'],
] as const)('%s %s is refused by name, with what is taken', (library, version) => {
  expect(() => requireVersion(library, version)).toThrow(UnsupportedVersionError)
  expect(() => requireVersion(library, version)).toThrow(`here is ${library} ${version}`)
})

test('what to install is named', () => {
  expect(() => requireVersion('undici', '9.1.0')).toThrow(
    'undiciAdapter works with undici 7 or 8, and here is undici 9.1.0; install undici@8',
  )
})
