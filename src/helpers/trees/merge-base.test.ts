import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { findMergeBase } from './merge-base.ts'
import { testFolder } from './test-folder.ts'
import { testRepository } from './test-repository.ts'

const { signal } = new AbortController()
const mergeBaseOf = (project: string, branch: string) => findMergeBase(project, { branch }, signal)

/** A repository with one commit on `main` that a branch `work` left, one more on each, and a clone of it. */
function stage() {
  const repository = testRepository()
  const outside = testFolder()
  const stack = new DisposableStack()
  stack.use(repository)
  stack.use(outside)
  const commitOn = (branch: string, from?: string): string => {
    repository.git('checkout', '--quiet', ...(from === undefined ? [branch] : ['-b', branch, from]))
    repository.write(`${branch}-${Math.random()}`, branch)
    return repository.commit(branch)
  }
  const first = repository.commit('first')
  const main = commitOn('main')
  const work = commitOn('work', first)
  const cloned = (...options: readonly string[]): string => {
    const folder = path.join(outside.root, 'clone')
    repository.git('clone', '--quiet', ...options, `file://${repository.root}`, folder)
    return folder
  }
  return { repository, outside, first, main, work, commitOn, cloned, [Symbol.dispose]: () => stack.dispose() }
}

const meaning = 'own code is compared with the merge base of HEAD and main, as perf/budgets.json says'

describe('the merge base', () => {
  test('is where the branch left the other, whatever has come since', async () => {
    using at = stage()
    expect(await mergeBaseOf(at.repository.root, 'main')).toEqual({ id: at.first, branch: 'main' })
  })

  test('on the branch itself is HEAD', async () => {
    using at = stage()
    at.repository.git('checkout', '--quiet', 'main')
    expect(await mergeBaseOf(at.repository.root, 'main')).toEqual({ id: at.main, branch: 'main' })
  })

  test('is that of the branch of origin where there is no local one, as in clones of CI', async () => {
    using at = stage()
    const clone = at.cloned('--branch=work')
    expect(await mergeBaseOf(clone, 'main')).toEqual({ id: at.first, branch: 'origin/main' })
  })

  test('is that of the branch of origin where the local one lags behind, and else that of the local one', async () => {
    using at = stage()
    const clone = at.cloned('--branch=main')
    const inClone = (...args: readonly string[]) => at.repository.git('-C', clone, ...args)
    inClone('branch', '--quiet', 'stale', at.first)
    inClone('checkout', '--quiet', '-b', 'later')
    inClone('branch', '--force', 'main', 'stale')
    expect(await mergeBaseOf(clone, 'main')).toEqual({ id: at.main, branch: 'origin/main' })
    inClone('commit', '--quiet', '--allow-empty', '--message', 'not pushed')
    inClone('branch', '--force', 'main', 'HEAD')
    const unpushed = inClone('rev-parse', 'HEAD')
    expect(await mergeBaseOf(clone, 'main')).toEqual({ id: unpushed, branch: 'main' })
  })

  test('on the branch itself is that of the branch of origin, so that what was not pushed is compared', async () => {
    using at = stage()
    const clone = at.cloned('--branch=main')
    expect(await mergeBaseOf(clone, 'main')).toEqual({ id: at.main, branch: 'origin/main' })
    at.repository.git('-C', clone, 'commit', '--quiet', '--allow-empty', '--message', 'not pushed')
    expect(await mergeBaseOf(clone, 'main')).toEqual({ id: at.main, branch: 'origin/main' })
  })

  test('can be asked for by any ref, and a branch comes before a tag of its name', async () => {
    using at = stage()
    at.repository.git('tag', 'v1', at.first)
    at.repository.git('tag', 'main', 'work')
    expect(await mergeBaseOf(at.repository.root, 'v1')).toEqual({ id: at.first, branch: 'v1' })
    expect(await mergeBaseOf(at.repository.root, 'main')).toEqual({ id: at.first, branch: 'main' })
  })
})

describe('there is no merge base, and it is said what to do', () => {
  test('outside of a repository', async () => {
    using at = stage()
    await expect(mergeBaseOf(at.outside.root, 'main')).rejects.toThrow(
      new UsageError(`${meaning}, and ${at.outside.root} is not in a git repository; run it in a clone`),
    )
  })

  test('without git', async () => {
    using at = stage()
    vi.stubEnv('PATH', at.outside.root)
    try {
      await expect(mergeBaseOf(at.repository.root, 'main')).rejects.toThrow(/^git could not be started/)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test('before the first commit', async () => {
    using empty = testRepository()
    await expect(mergeBaseOf(empty.root, 'main')).rejects.toThrow(
      new UsageError(`${meaning}, and the repository of ${empty.root} has no commit yet; commit once`),
    )
  })

  test('with a branch that nobody knows', async () => {
    using at = stage()
    await expect(mergeBaseOf(at.repository.root, 'mian')).rejects.toThrow(
      new UsageError(
        `${meaning.replace('main', 'mian')}, and the repository of ${at.repository.root} has neither mian nor ` +
          'origin/mian; nearest: main, work. `git fetch origin` gets new ones.',
      ),
    )
  })

  test('with a branch that an environment names, which is told', async () => {
    using at = stage()
    const asked = { branch: 'develop', namedBy: 'GITHUB_BASE_REF' }
    await expect(findMergeBase(at.repository.root, asked, signal)).rejects.toThrow(
      /^own code is compared with the merge base of HEAD and develop, as GITHUB_BASE_REF says, and the repository of/,
    )
  })

  test('with a branch that shares no commit', async () => {
    using at = stage()
    at.repository.git('checkout', '--quiet', '--orphan', 'other')
    at.repository.commit('other')
    await expect(mergeBaseOf(at.repository.root, 'main')).rejects.toThrow(
      `${meaning}, and the two have no commit in common`,
    )
  })

  test.each([
    ['of one branch, as actions/checkout makes it', ['--depth=1', '--branch=work']],
    ['of all branches', ['--depth=1', '--branch=work', '--no-single-branch']],
  ])('in a shallow clone %s', async (_, options) => {
    using at = stage()
    await expect(mergeBaseOf(at.cloned(...options), 'main')).rejects.toThrow(
      new UsageError(
        `${meaning}, and this clone is shallow, so that it is not there. On GitHub give actions/checkout ` +
          "`fetch-depth: 0`; elsewhere get it with `git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*'`.",
      ),
    )
  })
})
