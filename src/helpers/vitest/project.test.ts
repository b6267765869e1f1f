import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
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
