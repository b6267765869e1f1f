import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const address = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)

/** Surveys the specs of this project in a process of its own, where Vitest loads nothing. */
const program = `
  const { collectSpecs } = await import(${address('./collect.ts')})
  const { survey } = await import(${address('../survey.ts')})
  const { unmeasured } = await import(${address('../../helpers/budgets/completeness.ts')})
  const { readBudgetFile } = await import(${address('../../helpers/budgets/budget-file.ts')})
  const { openSession } = await import(${address('../../helpers/session/session.ts')})
  const { projectAt } = await import(${address('../../helpers/trees/project.ts')})
  const project = projectAt('.')
  const tests = await survey(await collectSpecs(project), openSession({ project, seed: 1, say: () => {} }))
  const subjects = tests.flatMap(({ subject }) => subject ?? [])
  const lost = unmeasured(readBudgetFile(project.budgetFile), subjects).map(({ message }) => message)
  console.log(JSON.stringify({ tests: tests.length, subjects: subjects.length, lost }))`

test('every budget of the file has a spec, wide ones included, which the gate alone does not measure', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { cwd: root })
  const { tests, subjects, lost } = JSON.parse(stdout) as { tests: number; subjects: number; lost: string[] }
  expect(lost).toEqual([])
  expect(subjects).toBe(tests)
})
