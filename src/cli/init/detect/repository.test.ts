import { rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { testFolder } from '../../../helpers/trees/test-folder.ts'
import { type TestRepository, testRepository } from '../../../helpers/trees/test-repository.ts'
import { repositoryAt } from './repository.ts'

const { signal } = new AbortController()

/** What a repository with a commit on one branch, and others that left it, is found to be. */
function repositoryOf(first: string, ...others: readonly string[]): TestRepository {
  const repository = testRepository()
  repository.git('checkout', '--quiet', '-b', first)
  repository.commit('first')
  for (const branch of others) repository.git('checkout', '--quiet', '-b', branch)
  return repository
}

test('pull requests go to one of the usual branches, whichever is checked out', async () => {
  using repository = repositoryOf('master', 'feature/x')
  const { root: top } = repository
  expect(await repositoryAt(top, signal)).toEqual({ top, branch: 'master', branches: ['feature/x', 'master'] })
})

test('of branches with unusual names none is taken, as HEAD would be its own base', async () => {
  using repository = repositoryOf('production', 'feature/x')
  const { root: top } = repository
  expect(await repositoryAt(top, signal)).toEqual({ top, branches: ['feature/x', 'production'] })
})

test('the only branch is taken, also where no branch is checked out', async () => {
  using repository = repositoryOf('production')
  const { root: top } = repository
  const sole = { top, branch: 'production', branches: ['production'] }
  expect(await repositoryAt(top, signal)).toEqual(sole)
  repository.git('checkout', '--quiet', '--detach')
  expect(await repositoryAt(top, signal)).toEqual(sole)
})

test('what origin calls its default is taken, and its branches are there without local ones', async () => {
  using repository = repositoryOf('production', 'main')
  using outside = testFolder()
  repository.git('checkout', '--quiet', 'production')
  const top = path.join(outside.root, 'clone')
  repository.git('clone', '--quiet', repository.root, top)
  repository.git('-C', top, 'checkout', '--quiet', '-b', 'feature/x')
  const branches = ['feature/x', 'main', 'production']
  expect(await repositoryAt(top, signal)).toEqual({ top, branch: 'production', branches })
  expect(await repositoryAt(top, signal, 'main')).toEqual({ top, branch: 'main', branches })
})

test('outside of a repository it is said, and of one that git cannot read what git says', async () => {
  using repository = testRepository()
  const { root } = repository
  vi.stubEnv('GIT_CEILING_DIRECTORIES', path.dirname(root))
  try {
    repository.write('.git/config', '[core')
    expect(await repositoryAt(root, signal)).toEqual({
      problem: expect.stringMatching(/^git cannot read the repository of .*config/),
    })
    rmSync(path.join(root, '.git'), { recursive: true })
    expect(await repositoryAt(root, signal)).toEqual({
      problem: `${root} is not in a git repository, and its code is compared with that of a commit; git init and commit`,
    })
  } finally {
    vi.unstubAllEnvs()
  }
})

test('without git it is said that it cannot be started', async () => {
  using folder = testFolder()
  vi.stubEnv('PATH', folder.root)
  try {
    expect(await repositoryAt(folder.root, signal)).toEqual({
      problem: expect.stringMatching(/^git could not be started/),
    })
  } finally {
    vi.unstubAllEnvs()
  }
})
