import path from 'node:path'
import { expect, test } from 'vitest'
import { pathInside } from './path-inside.ts'

const folder = path.resolve('project')

test.each([
  ['client.ts', 'client.ts'],
  ['clients/axios.ts', path.join('clients', 'axios.ts')],
  ['..clients/axios.ts', path.join('..clients', 'axios.ts')],
  ['', ''],
])('%j is in the folder', (file, place) => {
  expect(pathInside(folder, path.resolve(folder, file))).toBe(place)
})

test.each(['..', '../client.ts', '../project2/client.ts'])('%j is not', (file) => {
  expect(pathInside(folder, path.resolve(folder, file))).toBeUndefined()
})
