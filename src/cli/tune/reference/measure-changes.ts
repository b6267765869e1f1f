import type { ClientComparison } from '../../../helpers/reports/comparison.ts'
import { changeText } from '../../../helpers/reports/comparison-words.ts'
import { treeDigest } from '../../../helpers/trees/tree-digest.ts'
import { compareOne } from '../../compare/compare-one.ts'
import { readProject } from '../../compare/project.ts'
import { runnableOf } from '../../compare/runs-on.ts'
import type { Side } from '../../compare/side.ts'
import type { Surroundings } from '../../run.ts'

/** Two trees of packages. */
interface Trees {
  readonly old: string
  readonly next: string
}

/**
 * Measures every client whose packages differ between two reference trees, the new one beside the old, under every scenario
 * in which a spec holds it against its reference; and has the gate's own code judge it by what that spec states.
 *
 * @throws {UsageError} where specs or budget file are wrong, and where no client runs on both trees.
 * @throws The signal's reason, when all that was being measured has ended.
 */
export async function measureChanges(
  { old, next }: Trees,
  surroundings: Pick<Surroundings, 'root' | 'progress' | 'signal'>,
): Promise<readonly ClientComparison[]> {
  const { progress, signal } = surroundings
  const { session, subjects, stated } = await readProject({ cap: Number.POSITIVE_INFINITY }, surroundings)
  const { root } = session.project
  const base: Side = { name: 'the reference', tree: old, code: root }
  const head: Side = { name: 'the new reference', tree: next, code: root }
  const affected = subjects.filter(({ client: { library, name }, scenario }) => {
    if (library === undefined || library.startsWith('./')) return false
    const isHeld = stated.get(`${name} ${scenario.name}`)?.reference !== undefined
    return isHeld && treeDigest(library, old) !== treeDigest(library, next)
  })
  if (affected.length === 0) return []
  const sides = { base, head }
  const able = runnableOf(affected, sides, { isNamed: false, say: progress.line })
  const ending = new AbortController()
  let wrong: { readonly error: unknown } | undefined
  const working = AbortSignal.any([signal, ending.signal])
  // One after the other has its turn; what is open waits for its next look while others have theirs. All have ended before
  // the trees may go.
  const outcomes = await Promise.allSettled(
    able.map(async (subject) => {
      const own = stated.get(`${subject.client.name} ${subject.scenario.name}`)
      const asked = { session, sides, subject, stated: own, because: [], signal: working }
      try {
        const { comparison } = await compareOne(asked)
        progress.line(`${comparison.client} ${comparison.scenario}: ${changeText(comparison)}`)
        return comparison
      } catch (error) {
        // Those that it ends fail for that.
        wrong ??= { error }
        ending.abort()
        throw error
      }
    }),
  )
  signal.throwIfAborted()
  if (wrong !== undefined) throw wrong.error
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))
}
