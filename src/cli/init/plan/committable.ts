import path from 'node:path'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { runGit } from '../../../helpers/trees/git.ts'
import type { FoundProject } from '../detect/found-project.ts'
import type { Change } from './change.ts'

/**
 * Makes sure that git would commit what is to be made: a gate that is ignored is on this machine only, and nobody notices.
 *
 * @throws {UsageError} for a new file that git ignores, with the rule.
 */
export async function requireCommittable(
  changes: readonly Change[],
  { root, repository }: Pick<FoundProject, 'root' | 'repository'>,
  signal: AbortSignal,
): Promise<void> {
  if (repository === undefined) return
  const files = changes.flatMap(({ file, before }) => (before === undefined ? path.relative(root, file) : []))
  const { stdout } = await runGit(['check-ignore', '--verbose', '--', ...files], { folder: root, signal })
  const ignored = stdout.split('\n').flatMap((line) => {
    const { place, rule = '', file } = /^(?<place>.*?:\d+):(?<rule>.*)\t(?<file>.*)$/.exec(line)?.groups ?? {}
    // One that begins so takes the file back.
    return file === undefined || rule.startsWith('!') ? [] : [`${file} by the rule ${rule} (${place})`]
  })
  if (ignored.length === 0) return
  throw new UsageError(
    `nothing is written: git ignores ${ignored.join(', ')}, so that they would be in no commit; change the rule first`,
  )
}
