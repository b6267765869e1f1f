import type { Candidates } from './guess/candidates.ts'
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
export function unprovenText(failures: readonly string[], { using, readingEnvironment }: Candidates): string {
  const isFixed = readingEnvironment.length > 0 || failures.some((failure) => failure.includes(notAsGiven))
  return [
    `${reasonFor(failures, using)}; ${naming}`,
    ...failures.slice(0, mostTold).map((failure) => `  ${failure}`),
    ...(isFixed ? [fixedBase] : []),
  ].join('\n')
}

function reasonFor(failures: readonly string[], using: readonly string[]): string {
  if (failures.length > 0) return `no call of the project's client was right`
  return using.length === 0
    ? 'no source file imports an HTTP client or calls fetch'
    : `found ${using.join(', ')}, and no export that could be called`
}
