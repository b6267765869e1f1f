import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { originOf } from './origin.ts'

const roots = ['/project', '/project/.cache/base']
const addressOf = (file: string) => pathToFileURL(file).href

test.each([
  ['a package', '/project/node_modules/axios/lib/adapters/http.js', 'axios', 'lib/adapters/http.js'],
  ['a package of a scope', '/t/node_modules/@mswjs/interceptors/lib/a.mjs', '@mswjs/interceptors', 'lib/a.mjs'],
  ['a nested package', '/t/node_modules/axios/node_modules/form-data/index.js', 'form-data', 'index.js'],
  ['a file of the project', '/project/src/helpers/clients/axios.ts', 'src/helpers/clients', 'axios.ts'],
  ['a file of a tree within the project', '/project/.cache/base/src/own.ts', 'src', 'own.ts'],
  ['a file in the root', '/project/client.mjs', '.', 'client.mjs'],
  ['a file elsewhere', '/other place/client.mjs', '/other place', 'client.mjs'],
])('%s is told by its address and by its path', (_, file, name, within) => {
  const origin = { package: name, file: within, folder: file.slice(0, -within.length - 1) }
  expect(originOf(addressOf(file), roots)).toEqual(origin)
  expect(originOf(file, roots)).toEqual(origin)
})

test('what comes with Node belongs to no package', () => {
  expect(originOf('node:internal/http', roots)).toEqual({ package: '', file: 'node:internal/http' })
  expect(originOf('', roots)).toEqual({ package: '', file: '' })
})
