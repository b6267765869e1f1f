import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testFolder } from '../trees/test-folder.ts'
import { budgetProject } from './project.ts'

test('the project has set-up files that are there, and measures one file after the other', () => {
  const { test: project = {} } = budgetProject()
  expect([project.setupFiles, project.globalSetup].flat().map((file) => existsSync(String(file)))).toEqual([true, true])
  expect(project).toMatchObject({
    name: 'gate',
    include: ['perf/*.test.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    retry: 0,
  })
})

test('name, specs and order are the ones asked for', () => {
  const { test: project } = budgetProject({ name: 'speed', include: ['speed/*.test.ts'], groupOrder: 3 })
  expect(project).toMatchObject({ name: 'speed', include: ['speed/*.test.ts'], sequence: { groupOrder: 3 } })
})

test('an older Vitest is told, and what runs the specs beside it', () => {
  using folder = testFolder()
  folder.write('node_modules/vitest/package.json', { name: 'vitest', version: '3.2.4' })
  expect(() => budgetProject({ root: folder.root })).toThrow(
    'this is Vitest 3.2.4; the project of the budgets needs Vitest 5 or newer. Update it, or run the specs without Vitest: `npx wiregauge run`.',
  )
})
