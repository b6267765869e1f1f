import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { findCommit } from './git-commit.ts'
import { stage } from './test-checkout.ts'
import { testFolder } from './test-folder.ts'
import { testRepository, writeProject } from './test-repository.ts'

const { signal } = new AbortController()

test('a commit is found by any name of it, with the repository and the place of the project in it', async () => {
  using at = stage()
  writeProject(at.repository, 'packages/inner/', 'own')
  const id = at.repository.commit('inner')
  const gitDirectory = path.join(at.repository.root, '.git')
  const lock = { manager: 'npm', name: 'package-lock.json' }
  for (const ref of ['main', 'HEAD', '@', id, id.slice(0, 8)]) {
    expect(await findCommit(at.repository.root, ref, signal)).toEqual({
      id,
      gitDirectory,
      prefix: '',
      lock: { ...lock, folder: '' },
    })
  }
  expect(await findCommit(path.join(at.repository.root, 'packages/inner'), 'main', signal)).toEqual({
    id,
    gitDirectory,
    prefix: 'packages/inner/',
    lock: { ...lock, folder: 'packages/inner/' },
  })
})

describe('a commit is not found', () => {
  test('outside a git repository', async () => {
    using folder = testFolder()
    vi.stubEnv('GIT_CEILING_DIRECTORIES', path.dirname(folder.root))
    try {
      await expect(findCommit(folder.root, 'main', signal)).rejects.toThrow(
        new UsageError(
          `main cannot be found: ${folder.root} is not in a git repository. Name a published version or a folder ` +
            'instead, or run it in a clone.',
        ),
      )
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test('without git', async () => {
    using folder = testFolder()
    vi.stubEnv('PATH', folder.root)
    try {
      const failing = findCommit(folder.root, 'main', signal)
      await expect(failing).rejects.toThrow(UsageError)
      await expect(failing).rejects.toThrow(/^git could not be started, which refs are read with: /)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test('by a name that is not there, with the nearest that are', async () => {
    using at = stage()
    for (const branch of ['release', 'feature/streams', 'v1.0-fixes']) at.repository.git('branch', branch)
    await expect(findCommit(at.repository.root, 'mian', signal)).rejects.toThrow(
      new UsageError(
        `mian leads to no commit in the repository of ${at.repository.root}; nearest: main, v1, release. ` +
          '`git fetch` gets new ones.',
      ),
    )
  })

  test.each(['--help', '-x', 'v1:client.ts', '0123456789012345678901234567890123456789', '', '$(touch x)'])(
    'as %j, which is none',
    async (ref) => {
      using at = stage()
      await expect(findCommit(at.repository.root, ref, signal)).rejects.toThrow(`${ref} leads to no commit`)
    },
  )

  test('in a repository without a commit', async () => {
    using empty = testRepository()
    await expect(findCommit(empty.root, 'main', signal)).rejects.toThrow('has no branches or tags')
  })

  test('without a lock', async () => {
    using at = stage()
    at.repository.git('rm', '--quiet', 'package-lock.json')
    const commit = at.repository.commit('without')
    await expect(findCommit(at.repository.root, 'main', signal)).rejects.toThrow(
      new UsageError(
        `main (${commit.slice(0, 12)}) has no package-lock.json, pnpm-lock.yaml or yarn.lock, so that its packages cannot be ` +
          'told; compare with a commit that has one',
      ),
    )
  })

  test.each<[string, string | object, string]>([
    ['of npm 6', { name: 'project', lockfileVersion: 1, dependencies: {} }, 'has lockfileVersion 1'],
    ['of npm 4', { name: 'project', dependencies: {} }, 'has lockfileVersion 1'],
    ['that is none', 'null', 'cannot be read'],
    ['that is cut short', '{"name":', 'cannot be read'],
  ])('with a lock %s, before anything is installed', async (_, lock, problem) => {
    using at = stage()
    at.repository.write('package-lock.json', lock)
    const commit = at.repository.commit('another lock')
    await expect(findCommit(at.repository.root, 'main', signal)).rejects.toThrow(
      new UsageError(
        `the package-lock.json of main (${commit.slice(0, 12)}) ${problem}, so that its packages cannot be told; ` +
          'compare with a commit whose lock npm 7 or newer wrote (lockfileVersion 2 or 3)',
      ),
    )
  })

  test('from before the folder of the project was there', async () => {
    using at = stage()
    writeProject(at.repository, 'inner/', 'own')
    at.repository.commit('inner')
    await expect(findCommit(path.join(at.repository.root, 'inner'), 'v1', signal)).rejects.toThrow(
      /^v1 \(\w{12}\) has no inner\/package\.json/,
    )
  })

  test('in a shallow clone that lacks it, with the way to get it', async () => {
    using at = stage()
    const shallow = path.join(at.outside.root, 'shallow')
    at.repository.git('clone', '--quiet', '--depth=1', `file://${at.repository.root}`, shallow)
    await expect(findCommit(shallow, at.first, signal)).rejects.toThrow(
      new UsageError(
        `${at.first} leads to no commit here, and this clone is shallow, so that most commits are missing. Get them ` +
          "with `git fetch --unshallow --tags origin '+refs/heads/*:refs/remotes/origin/*'`.",
      ),
    )
    expect((await findCommit(shallow, 'origin/main', signal)).id).toBe(at.second)
  })
})
