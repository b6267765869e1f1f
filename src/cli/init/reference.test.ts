import { expect, test } from 'vitest'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { PackageManager } from './detect/package-manager.ts'
import { referenceFor } from './reference.ts'

const manager: PackageManager = {
  name: 'npm',
  run: 'npm run',
  install: 'npm ci',
  lock: 'package-lock.json',
  lockFolder: '/shop',
}
const without = 'or take a gate that catches cliffs only: --no-reference'

test('the branch that pull requests go to is compared with, where a reference is wanted', () => {
  const found = { manager, repository: { top: '/shop', branch: 'main', branches: ['feature/x', 'main'] } }
  expect(referenceFor(found, true)).toEqual({ base: 'main' })
  expect(referenceFor(found, false)).toBeUndefined()
})

test('where no branch can be told, all are listed, and one is to be named', () => {
  const found = { manager, repository: { top: '/shop', branches: ['feature/x', 'production'] } }
  expect(() => referenceFor(found, true)).toThrow(
    new UsageError(
      'the branch that pull requests go to cannot be told from the others: feature/x, production; name it with --base BRANCH, ' +
        without,
    ),
  )
  expect(referenceFor(found, false)).toBeUndefined()
})

test('a branch that is named has to be there, also for a gate that does without it: the workflow names it', () => {
  const found = { manager, repository: { top: '/shop', branch: 'prod', branches: ['feature/x', 'production'] } }
  for (const wanted of [true, false]) {
    expect(() => referenceFor(found, wanted)).toThrow(
      new UsageError('--base prod is no branch of the repository, which has feature/x, production'),
    )
  }
})

test('a repository without a commit has nothing to compare with', () => {
  expect(() => referenceFor({ manager, repository: { top: '/shop', branches: [] } }, true)).toThrow(
    new UsageError(
      `the repository has no branch with a commit that the project's code could be compared with; commit it ${without}`,
    ),
  )
})

test('where there is no repository, it is told why', () => {
  const found = { manager, noRepository: 'git cannot read the repository of /shop: fatal: detected dubious ownership' }
  expect(() => referenceFor(found, true)).toThrow(
    new UsageError(`git cannot read the repository of /shop: fatal: detected dubious ownership; ${without}`),
  )
  expect(referenceFor(found, false)).toBeUndefined()
})
