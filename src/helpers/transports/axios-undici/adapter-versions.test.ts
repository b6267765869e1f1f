import axios from 'axios'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.doUnmock('node:module')
  vi.resetModules()
})

/** The adapter beside an undici that says it is of this version. */
async function adapterBeside(undici: string) {
  vi.resetModules()
  vi.doMock('node:module', async (importActual) => {
    const actual = await importActual<typeof import('node:module')>()
    const createRequire = (from: string): NodeJS.Require => {
      const require = actual.createRequire(from)
      const required = (id: string): unknown => (id === 'undici/package.json' ? { version: undici } : require(id))
      return Object.assign(required, require)
    }
    return { ...actual, createRequire }
  })
  return await import('./adapter.ts')
}

test.each(['6.21.0', '9.0.0'])('beside undici %s no adapter is made', async (version) => {
  const { undiciAdapter } = await adapterBeside(version)
  expect(() => undiciAdapter()).toThrow(`and here is undici ${version}; install undici@8`)
})

test('beside an undici that it works with one is made', async () => {
  const { undiciAdapter } = await adapterBeside('8.0.0')
  await undiciAdapter().close()
})

test.each(['1.6.8', '2.0.0'])('for axios %s no adapter is made', async (VERSION) => {
  const { undiciAdapter } = await import('./adapter.ts')
  const other = Object.assign(Object.create(axios), { VERSION })
  expect(() => undiciAdapter({ axios: other })).toThrow(`and here is axios ${VERSION}; install axios@1`)
})
