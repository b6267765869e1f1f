import { expect, test } from 'vitest'
import { runOptionsFrom } from '../runner/run-options.ts'
import { originOf } from './origin.ts'

const options = runOptionsFrom({ WIREGAUGE_SEED: '7', WIREGAUGE_STRICT: '1' })

/** Vitest as it was called. */
function originIn(config: object = {}, { pattern, files }: { pattern?: RegExp; files?: readonly string[] } = {}) {
  const vitest = { config, getGlobalTestNamePattern: () => pattern, filenamePattern: files }
  return originOf(vitest as never, 'some-id', options)
}

test('a run is known by its id, its options and its machine', () => {
  expect(originIn()).toMatchObject({ id: 'some-id', seed: 7, strict: true, selected: false, tagged: false })
  expect(originIn().machine.node).toBe(process.versions.node)
  expect(originIn()).not.toHaveProperty('shard')
})

test('a shard tells which one it is', () => {
  expect(originIn({ shard: { index: 2, count: 3 } }).shard).toEqual({ index: 2, count: 3 })
})

test.each([
  ['a name of a test', originIn({}, { pattern: /axios/ })],
  ['a name of a file', originIn({}, { files: ['axios'] })],
  ['what changed', originIn({ changed: true })],
  ['what is related', originIn({ related: ['src/api.ts'] })],
])('%s selects', (_, { selected }) => {
  expect(selected).toBe(true)
})

test('tags are told apart from what selects, because a filter by tags is how a gate is run', () => {
  expect(originIn({ tagsFilter: ['!wide'] })).toMatchObject({ selected: false, tagged: true })
})
