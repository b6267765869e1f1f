import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { testFolder } from '../../helpers/trees/test-folder.ts'
import { stagingIn } from './staging.ts'

test('what is tried is written to a folder of its own, of which nothing stays', () => {
  using project = testFolder()
  {
    using staging = stagingIn(project.root)
    staging.write('api.ts', 'tried')
    expect(readdirSync(staging.project.specs)).toEqual(['api.ts'])
  }
  expect(readdirSync(project.root)).toEqual([])
})

test('a project that nothing can be written to is told so', () => {
  using project = testFolder()
  const file = project.write('.wiregauge-init', '')
  const failing = () => stagingIn(project.root)
  expect(failing).toThrow(UsageError)
  expect(failing).toThrow(/^nothing is written: nothing can be tried in the project: EEXIST: /)
  expect(existsSync(file)).toBe(true)
})
