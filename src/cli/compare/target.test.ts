import { describe, expect, test } from 'vitest'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { parseTarget, type Target } from './target.ts'

describe('a side of a comparison', () => {
  test.each<[string, Target]>([
    ['axios@1.20.0', { kind: 'version', package: 'axios', version: '1.20.0' }],
    ['axios@v1.20.0', { kind: 'version', package: 'axios', version: '1.20.0' }],
    ['undici@8.0.0-beta.1+build', { kind: 'version', package: 'undici', version: '8.0.0-beta.1+build' }],
    ['undici@next', { kind: 'version', package: 'undici', version: 'next' }],
    ['undici@^8.1', { kind: 'version', package: 'undici', version: '^8.1' }],
    ['@mswjs/interceptors@0.39', { kind: 'version', package: '@mswjs/interceptors', version: '0.39' }],
    ['node-fetch@3', { kind: 'version', package: 'node-fetch', version: '3' }],
  ])('is a published version: %s', (text, target) => {
    expect(parseTarget(text)).toEqual(target)
  })

  test.each<[string, Target]>([
    ['node@24.21.0', { kind: 'node', version: '24.21.0' }],
    ['node@v24', { kind: 'node', version: '24' }],
  ])('is a version of Node: %s', (text, target) => {
    expect(parseTarget(text)).toEqual(target)
  })

  test.each(['../other-checkout', './x', '/abs', '.', '..', './with space', '../axios@1.20.0', 'C:\\work', '..\\x'])(
    'is a folder: %s',
    (path) => {
      expect(parseTarget(path)).toEqual({ kind: 'folder', path })
    },
  )

  test.each([
    'origin/main',
    'v1.2',
    'HEAD~1',
    'HEAD^',
    'HEAD^2~3',
    'ed41203',
    '@',
    'HEAD@{1}',
    'main@{upstream}',
    'renovate/axios-1.x',
    'tags/axios@1.20.0',
    '.hidden',
  ])('is a git ref: %s', (ref) => {
    expect(parseTarget(ref)).toEqual({ kind: 'ref', ref })
  })

  test('is the working tree when none is given', () => {
    expect(parseTarget(undefined)).toEqual({ kind: 'working tree' })
  })

  test.each([
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['-x', 'it begins with a dash'],
    ['--output=x', 'it begins with a dash'],
    ['axios@', 'no version follows the axios@'],
    ['@scope/name@', 'no version follows the @scope/name@'],
    ['@scope/name', 'a package needs a version'],
    ['axios@npm:other', 'npm:other is no version'],
    ['axios@file:../axios', 'file:../axios is no version'],
    ['axios@1.20.0 && x', '1.20.0 && x is no version'],
    ['main dev', 'it contains white space'],
    ['main..dev', 'a side is one commit'],
    ['^main', 'git knows no such name'],
    ['main\n', 'it contains a control character'],
    ['\u001b[2J', 'it contains a control character'],
  ])('is wrong as %j', (text, problem) => {
    expect(() => parseTarget(text)).toThrow(UsageError)
    expect(() => parseTarget(text)).toThrow(`${JSON.stringify(text)} is nothing to compare: ${problem}`)
  })

  test('that is wrong is told what is possible', () => {
    expect(() => parseTarget('')).toThrow(
      new UsageError(
        '"" is nothing to compare: it is empty; expected an npm version (`axios@1.20.0`), a Node version ' +
          '(`node@24.21.0`), a git ref (`origin/main`, `HEAD~1`), or a folder that begins with `./`, `../` or `/`',
      ),
    )
  })
})
