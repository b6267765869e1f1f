import path from 'node:path'
import { expect, test } from 'vitest'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { testFolder } from '../../../helpers/trees/test-folder.ts'
import { testRepository } from '../../../helpers/trees/test-repository.ts'
import { requireCommittable } from './committable.ts'

const { signal } = new AbortController()
const filesIn = (root: string) =>
  ['perf/api.ts', 'perf/budgets.json'].map((name) => ({ file: path.join(root, name), text: '' }))

/** What keeps new files of a repository, or of a folder, out of its commits. */
async function required(ignored: string, { isRepository = true, change = {} } = {}): Promise<void> {
  using folder = isRepository ? testRepository() : testFolder()
  const { root } = folder
  folder.write('.gitignore', ignored)
  const changes = filesIn(root).map((each) => ({ ...each, ...change }))
  await requireCommittable(changes, { root, ...(isRepository && { repository: { top: root, branches: [] } }) }, signal)
}

test('new files that a rule keeps out of every commit are refused, with the rule and its line', async () => {
  await expect(required('node_modules/\nperf/\n')).rejects.toThrow(
    new UsageError(
      'nothing is written: git ignores perf/api.ts by the rule perf/ (.gitignore:2), perf/budgets.json by the rule perf/ ' +
        '(.gitignore:2), so that they would be in no commit; change the rule first',
    ),
  )
})

test('a rule that takes a file back is none that ignores it', async () => {
  await expect(required('perf/*\n!perf/api.ts\n!perf/budgets.json\n')).resolves.toBeUndefined()
  await expect(required('perf/*\n!perf/api.ts\n')).rejects.toThrow(
    /: git ignores perf\/budgets\.json by the rule perf\/\* \(\.gitignore:1\), so/,
  )
})

test('what is there already, and what is in no repository, may be ignored', async () => {
  await expect(required('perf/\n', { change: { before: '' } })).resolves.toBeUndefined()
  await expect(required('perf/\n', { isRepository: false })).resolves.toBeUndefined()
})
