import { expect, test } from 'vitest'
import { movedLock } from './moved-lock.ts'

const reference = {
  name: 'reference',
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { axios: '1.20.0', 'node-fetch': '3.3.2' } },
    'node_modules/axios': { version: '1.20.0', dependencies: { forms: '^4.0.0', redirects: '^1.0.0', gone: '1' } },
    'node_modules/forms': { version: '4.0.0' },
    'node_modules/gone': { version: '1.0.0' },
    'node_modules/redirects': { version: '1.15.9' },
    'node_modules/node-fetch': { version: '3.3.2', dependencies: { forms: '^4.0.0', blob: '3' } },
    'node_modules/blob': { version: '3.0.0' },
  },
}
const project = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/axios': { version: '1.21.1', dev: true, dependencies: { forms: '^4.0.0', redirects: '^1.0.0' } },
    'node_modules/forms': { version: '4.0.0', dev: true },
    'node_modules/redirects': { version: '1.15.11', dev: true },
    'node_modules/node-fetch': { version: '3.3.3', dependencies: { blob: '3' } },
    'node_modules/blob': { version: '3.1.0' },
  },
}

test('a package moves with all that it needs, and what nothing else needs goes; the others stay', () => {
  expect(movedLock(reference, project, { axios: '1.21.1' })).toEqual({
    name: 'reference',
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { axios: '1.21.1', 'node-fetch': '3.3.2' } },
      'node_modules/axios': { version: '1.21.1', dependencies: { forms: '^4.0.0', redirects: '^1.0.0' } },
      'node_modules/forms': { version: '4.0.0' },
      'node_modules/redirects': { version: '1.15.11' },
      'node_modules/node-fetch': { version: '3.3.2', dependencies: { forms: '^4.0.0', blob: '3' } },
      'node_modules/blob': { version: '3.0.0' },
    },
  })
})

test('packages that share something move together', () => {
  const both = movedLock(reference, project, { axios: '1.21.1', 'node-fetch': '3.3.3' })
  const versions = Object.entries(both.packages).map(([place, entry]) => [place, 'version' in entry && entry.version])
  expect(Object.fromEntries(versions)).toMatchObject({
    'node_modules/node-fetch': '3.3.3',
    'node_modules/blob': '3.1.0',
    'node_modules/redirects': '1.15.11',
  })
})
