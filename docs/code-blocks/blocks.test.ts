import { expect, test } from 'vitest'
import { blocksOf, blocksRunBy } from './blocks.ts'

const page = 'docs/page.md'

test('a block has a place, a kind, and the name of its file', () => {
  expect(blocksOf(page, 'Text.\n\n```ts file=perf/api.ts\nconst one = 1\n```\n')).toEqual([
    { place: 'docs/page.md:4', page, kind: 'ts', file: 'perf/api.ts', runs: false, text: 'const one = 1\n' },
  ])
})

test('a block says whether it is run, and by which other test', () => {
  const [here, elsewhere] = blocksOf(page, '```sh run\ntrue\n```\n\n```sh run=fixtures/one.test.ts\ntrue\n```\n')
  expect(here).toMatchObject({ runs: true })
  expect(here).not.toHaveProperty('runBy')
  expect(elsewhere).toMatchObject({ runs: false, runBy: 'fixtures/one.test.ts' })
})

test('a test that no page names has nothing to run', () => {
  expect(() => blocksRunBy('fixtures/none.test.ts')).toThrow('no block of a page has run=fixtures/none.test.ts')
})

test('a block without a kind has an empty one, and a longer fence holds shorter ones', () => {
  const [one, other] = blocksOf(page, '```\na\n```\n\n````text\n```ts\n```\n````\n')
  expect(one).toMatchObject({ kind: '', text: 'a\n' })
  expect(other).toMatchObject({ kind: 'text', text: '```ts\n```\n' })
})

test('a block that is not closed, and a word that nobody knows, are told with their places', () => {
  expect(() => blocksOf(page, 'Text.\n\n```ts\n')).toThrow('docs/page.md:3: this block is not closed')
  expect(() => blocksOf(page, '```ts ran\n```\n')).toThrow('docs/page.md:2: a block knows no "ran"')
})
