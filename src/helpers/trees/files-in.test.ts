import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesIn } from './files-in.ts'
import { testFolder } from './test-folder.ts'

/** Two packages that link each other, as in a workspace. */
function workspace() {
  const folder = testFolder()
  for (const [own, other] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    folder.write(`${own}/index.js`, '')
    mkdirSync(path.join(folder.root, own, 'links'))
    symlinkSync(path.join('..', '..', other), path.join(folder.root, own, 'links', other))
  }
  symlinkSync('nowhere', path.join(folder.root, 'nowhere'))
  return folder
}

test('files are listed in order, a link as itself', () => {
  using folder = workspace()
  expect(filesIn(folder.root)).toEqual(['a/index.js', 'a/links/b', 'b/index.js', 'b/links/a', 'nowhere'])
})

test('links are followed where that is asked for, and in a circle once', () => {
  using folder = workspace()
  expect(filesIn(path.join(folder.root, 'a'), { follows: true })).toEqual(['index.js', 'links/b/index.js'])
})

test('names are left out wherever they lie', () => {
  using folder = workspace()
  expect(filesIn(folder.root, { without: ['links', 'nowhere'] })).toEqual(['a/index.js', 'b/index.js'])
})
