import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '../../../helpers/trees/test-folder.ts'
import { swapReference } from './swap-reference.ts'

function stage() {
  const folder = testFolder()
  folder.write('perf/reference/package-lock.json', 'old lock')
  folder.write('perf/1-abc/reference/package-lock.json', 'new lock')
  folder.write('perf/budgets.json', 'old budgets')
  const at = (name: string) => path.join(folder.root, 'perf', name)
  const text = (name: string) => readFileSync(at(name), 'utf8')
  return {
    candidate: { tree: at('1-abc/reference'), before: at('1-abc/before') },
    project: { referenceTree: at('reference'), budgetFile: at('budgets.json') },
    /** What stands where it counts. */
    held: () => [text('reference/package-lock.json'), text('budgets.json')],
    at,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

test('a reference and the budgets that go with it change together', () => {
  using staged = stage()
  swapReference(staged.candidate, staged.project, 'new budgets')
  expect(staged.held()).toEqual(['new lock', 'new budgets'])
  expect(existsSync(staged.candidate.tree)).toBe(false)
})

test('both stay where the budgets cannot be written', () => {
  using staged = stage()
  mkdirSync(staged.at('folder'))
  const { candidate, project } = staged
  expect(() => swapReference(candidate, { ...project, budgetFile: staged.at('folder') }, 'new')).toThrow(
    'it is a folder',
  )
  expect(staged.held()).toEqual(['old lock', 'old budgets'])
})

test('both stay where the new reference is gone', () => {
  using staged = stage()
  const { candidate, project } = staged
  expect(() => swapReference({ ...candidate, tree: staged.at('nowhere') }, project, 'new')).toThrow('ENOENT')
  expect(staged.held()).toEqual(['old lock', 'old budgets'])
})
