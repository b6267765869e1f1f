import path from 'node:path'
import type { Candidates } from './guess/candidates.ts'
import type { Unreadable } from './guess/unreadable.ts'
import { notAsGiven } from './probe/loopback-only.ts'

/** The most failures that are told. */
const mostTold = 6

const naming = `name it: --module ./src/api.ts --export createApi --open "createApi({ baseURL: origin })" --call "api.getItem('42')" --path /items/42 --json '{"id":42}'`

/** An adapter is handed a module that was loaded before its `origin` was known. */
const fixedBase =
  'naming it does not help where the base URL is a constant, or read from the environment when the module is loaded: ' +
  'make it a parameter whose default is what it is now, as in docs/own-clients-and-targets.md'

/**
 * Why no client was found that can be called, and what to do.
 *
 * @param failures What was tried and why it was wrong, a line each.
 */
export function unprovenText(failures: readonly string[], candidates: Candidates): string {
  const { using, readingEnvironment, unreadable } = candidates
  const isFixed = readingEnvironment.length > 0 || failures.some((failure) => failure.includes(notAsGiven))
  // Where a client was found, what uses none is of no interest.
  const unread = unreadable.filter(({ mayUse }) => mayUse || using.length + failures.length === 0)
  return [
    `${reasonFor(failures, candidates)}; ${naming}`,
    ...failures.slice(0, mostTold).map((failure) => `  ${failure}`),
    ...unread.slice(0, mostTold).map(unreadText),
    ...(isFixed ? [fixedBase] : []),
  ].join('\n')
}

function reasonFor(failures: readonly string[], { using, unreadable }: Candidates): string {
  if (failures.length > 0) return `no call of the project's client was right`
  if (using.length > 0) return `found ${using.join(', ')}, and no export that could be called`
  const read = unreadable.length === 0 ? '' : ' that can be read'
  return `no source file${read} imports an HTTP client or calls fetch`
}

function unreadText({ module, reason }: Unreadable): string {
  const told = `${module} cannot be read: ${reason}`
  if (!module.endsWith('ts')) return told
  const built = path.basename(module).replace(/ts$/, 'js')
  return `${told}; build it, and name what was built: --module ./dist/${built} (and --build)`
}
