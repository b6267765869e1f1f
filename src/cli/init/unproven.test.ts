import { expect, test } from 'vitest'
import { notAsGiven } from './probe/loopback-only.ts'
import { unprovenText } from './unproven.ts'

const none = { guesses: [], using: [], readingEnvironment: [], unreadable: [] }
const using = ['./src/request.js']

test('what was tried is told with why it was wrong, and how it is named', () => {
  const text = unprovenText(['getIt of ./src/api.js: getIt(): made no request'], { ...none, using })
  expect(text).toMatch(/^no call of the project's client was right; name it: --module \.\/src\/api\.ts --export /)
  expect(text).toMatch(/\n {2}getIt of \.\/src\/api\.js: getIt\(\): made no request$/)
})

test.each([
  [using, 'found ./src/request.js, and no export that could be called; name it: --module'],
  [[], 'no source file imports an HTTP client or calls fetch; name it: --module'],
])('where nothing is to be tried, what was looked at is told: %s', (found, expected) => {
  expect(unprovenText([], { ...none, using: found })).toContain(expected)
})

const advice =
  /\nnaming it does not help where .* base URL .* make it a parameter .* docs\/own-clients-and-targets\.md$/

test('a module that reads the environment may have its base URL from there, which no name helps', () => {
  expect(unprovenText([], { ...none, using, readingEnvironment: using })).toMatch(advice)
  expect(unprovenText([], { ...none, using })).not.toMatch(advice)
})

test('what went elsewhere may have a base URL that is fixed, which no name helps', () => {
  expect(unprovenText([`getIt: went to api.example.com:443, ${notAsGiven}`], { ...none, using })).toMatch(advice)
})

const sdk = {
  module: './src/sdk.ts',
  reason: 'TypeScript parameter property is not supported in strip-only mode',
  mayUse: true,
}
const build =
  './src/sdk.ts cannot be read: TypeScript parameter property is not supported in strip-only mode; build it, and name what was built: --module ./dist/sdk.js (and --build)'

test('a module that cannot be read is named with its reason, and is no proof that nothing uses a client', () => {
  const text = unprovenText([], { ...none, unreadable: [sdk] })
  expect(text).toContain(build)
  expect(text).not.toContain('no source file imports')
})

test('modules that cannot be read are told beside what was tried, where they use a client', () => {
  const other = { ...sdk, module: './src/colours.ts', mayUse: false }
  const text = unprovenText(['getIt of ./src/api.js: made no request'], { ...none, using, unreadable: [other, sdk] })
  expect(text.split('\n').slice(1)).toEqual(['  getIt of ./src/api.js: made no request', build])
})
