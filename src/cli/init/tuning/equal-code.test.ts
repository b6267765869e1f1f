import path from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '../../../helpers/trees/test-folder.ts'
import { testRepository } from '../../../helpers/trees/test-repository.ts'
import { differentCode } from './equal-code.ts'

const { signal } = new AbortController()

/** What is said of a module that differs, in a clone that is at a branch of a repository with one commit on `main`. */
async function saidOn(branch: string): Promise<string> {
  using repository = testRepository()
  using outside = testFolder()
  const id = repository.commit('first')
  const root = path.join(outside.root, 'clone')
  repository.git('clone', '--quiet', repository.root, root)
  if (branch !== 'main') repository.git('-C', root, 'checkout', '--quiet', '-b', branch)
  repository.git('-C', root, 'commit', '--quiet', '--allow-empty', '--message', 'new')
  const { message } = await differentCode('./src/api.js', 'main', root, signal)
  return message.replace(id.slice(0, 12), 'ID')
}

const differs = (branch: string) =>
  `nothing is written: ./src/api.js differs from what ${branch} has at ID, where this branch left it, and budgets are measured on equal code; `

test('code that is not pushed is compared with what origin has: it is to be pushed, or init is run there', async () => {
  expect(await saidOn('main')).toBe(`${differs('origin/main')}commit and push it, or run init on origin/main`)
})

test('code of another branch is measured where that branch left', async () => {
  expect(await saidOn('work')).toBe(`${differs('main')}run init on main, with everything committed`)
})

test('on the branch itself, without origin, only what is not committed can differ', async () => {
  using repository = testRepository()
  const id = repository.commit('first').slice(0, 12)
  const { message } = await differentCode('./src/api.js', 'main', repository.root, signal)
  expect(message).toBe(
    `nothing is written: ./src/api.js differs from what main has at ${id}, and budgets are measured on equal code; commit it`,
  )
})
