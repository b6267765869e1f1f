import { expect, test } from 'vitest'
import { unexpected, unreadableIn } from './unexpected.ts'

test('an unexpected error is one line, with the first place of its stack', () => {
  const error = new TypeError('cannot read\nmore about it')
  error.stack = `TypeError: cannot read\nmore about it\n    at read (file.ts:1:2)\n    at run (file.ts:3:4)`
  expect(unexpected(error)).toBe('unexpected TypeError: cannot read at read (file.ts:1:2)')
})

test('of code that cannot be read, the place is that in the file', () => {
  const error = new SyntaxError('Expression expected')
  error.stack =
    '/project/adapter.ts:1\nexport const a = = 1\n\nSyntaxError: Expression expected\n    at parseTypeScript (node:internal)'
  expect(unexpected(error)).toBe('unexpected SyntaxError: Expression expected at /project/adapter.ts:1')
  expect(unreadableIn(error)).toBe('/project/adapter.ts:1')
  expect(unreadableIn(new Error('broken'))).toBeUndefined()
})

test('a package that is not installed has the advice to install it', () => {
  const error = new Error("Cannot find package 'follow-redirects' imported from http.js")
  error.stack = ''
  expect(unexpected(error)).toMatch(/imported from http\.js; run `npm ci`$/)
})

test('what has no stack, and what is no error, is told as it is', () => {
  const error = new Error('broken')
  error.stack = ''
  expect([error, 'a text', undefined].map(unexpected)).toEqual([
    'unexpected Error: broken',
    'unexpected: a text',
    'unexpected: undefined',
  ])
})
