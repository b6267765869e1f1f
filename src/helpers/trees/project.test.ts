import path from 'node:path'
import { expect, test } from 'vitest'
import { projectAt } from './project.ts'

test('a project keeps everything at its place under the root', () => {
  const at = (...steps: string[]) => path.join('/work', 'mine', ...steps)
  expect(projectAt(at())).toEqual({
    root: at(),
    specs: at('perf'),
    budgetFile: at('perf', 'budgets.json'),
    referenceTree: at('perf', 'reference'),
    reports: at('reports'),
  })
})
