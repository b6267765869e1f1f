import { expect, test } from 'vitest'
import { testFolder } from '../../../helpers/trees/test-folder.ts'
import { namedGuesses } from './named-guesses.ts'

test('a module that is not there is told by its name, and not as one that uses no client', () => {
  using project = testFolder()
  expect(() => namedGuesses(project.root, {}, { module: './src/none.js' })).toThrow(
    '--module ./src/none.js: there is no such file',
  )
  project.write('src/there.js', 'export {}')
  expect(namedGuesses(project.root, {}, { module: '.\\src\\there.js' }).guesses).toEqual([])
  expect(() => namedGuesses(project.root, {}, { module: './src' })).toThrow('there is no such file')
})
