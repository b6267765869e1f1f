import { expect, test } from 'vitest'
import { notAsGiven } from './probe/loopback-only.ts'
import { unprovenText } from './unproven.ts'

const none = { guesses: [], using: [], readingEnvironment: [] }
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
