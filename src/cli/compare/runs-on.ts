import { readFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { Client } from '../../helpers/clients/contract.ts'
import { manifestOf } from '../../helpers/trees/manifest-of.ts'
import type { Side, Sides } from './side.ts'
import type { ComparedSubject } from './subjects.ts'

/** A client does not run on a version: it is from before its adapter's first. */
export class TooOldError extends UsageError {
  override readonly name = 'TooOldError'
}

/**
 * Refuses a side that a client cannot run on.
 *
 * @throws {UsageError} for a version of a package that is not the client's, for a tree that does not hold its package, and
 *   {@link TooOldError} for a version from before its adapter's first.
 */
export function requireRunnable({ name, library, since }: Client, side: Side): void {
  const { library: asked } = side
  if (asked !== undefined && asked.name !== library) {
    const own = library === undefined ? 'comes with Node: compare it with `node@VERSION`' : `runs on ${library}`
    throw new UsageError(`${side.name} is no version for ${name}, which ${own}`)
  }
  if (library === undefined || library.startsWith('./')) return
  const version = asked?.version ?? versionIn(side, name, library)
  if (version === undefined || since === undefined || !isBefore(version, since)) return
  throw new TooOldError(`${name} runs on ${library} ${since} and newer; ${side.name} has ${version}`)
}

/**
 * The subjects whose clients run on both sides.
 *
 * @param options.isNamed Whether they were asked for by name; others are left out with a word.
 * @throws {UsageError} for a named client that does not, and where none is left.
 */
export function runnableOf(
  subjects: readonly ComparedSubject[],
  { base, head }: Sides,
  { isNamed, say }: { readonly isNamed: boolean; readonly say: (message: string) => void },
): readonly ComparedSubject[] {
  const problems = new Map<string, UsageError>()
  for (const { client } of subjects) {
    try {
      for (const side of [base, head]) requireRunnable(client, side)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problems.set(client.name, error)
    }
  }
  const able = subjects.filter(({ client }) => !problems.has(client.name))
  const [first] = problems.values()
  if (first !== undefined && (isNamed || able.length === 0)) throw first
  for (const { message } of problems.values()) say(`left out: ${message}`)
  return able
}

/** The version of a package as resolved from a side's tree; undefined where its manifest has none. */
function versionIn({ name: side, tree }: Side, client: string, library: string): string | undefined {
  const file = manifestOf(library, path.join(tree, 'package.json'))
  if (file === undefined) throw new UsageError(`${client} runs on ${library}, which ${side} has not installed`)
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }
  return typeof version === 'string' ? version : undefined
}

/** Whether a version comes before another by its three numbers; pre-releases count for what they precede. */
function isBefore(version: string, since: string): boolean {
  const [one, other] = [version, since].map((text) => (text.split(/[-+]/)[0] ?? '').split('.').map(Number))
  for (const [index, number] of (other ?? []).entries()) {
    const own = one?.[index] ?? 0
    if (own !== number) return own < number
  }
  return false
}
