import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { isPackageName } from '../../helpers/trees/package-name.ts'

/** What one side of a comparison was asked to be. */
export type Target =
  | {
      readonly kind: 'version'
      /** Name of an npm package. */
      readonly package: string
      /** A version, a range or a tag, as npm resolves it: `1.20.0`, `0.39`, `next`. */
      readonly version: string
    }
  | { readonly kind: 'node'; readonly version: string }
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'ref'
      /** Whatever git takes for one commit: a branch, a tag, an id, `HEAD~1`. */
      readonly ref: string
    }
  | { readonly kind: 'working tree' }

const forms =
  'expected an npm version (`axios@1.20.0`), a Node version (`node@24.21.0`), a git ref (`origin/main`, `HEAD~1`), or ' +
  'a folder that begins with `./`, `../` or `/`'

/** Versions, ranges and tags; not `npm:`, `file:`, addresses and the like, which name no published version. */
const packageVersion = /^[\w.+^~<>=*-]+$/

/** Braces after `@` are git's own: `main@{yesterday}`, `HEAD@{1}`. */
const reflog = /@\{/

/**
 * Reads one side of a comparison. A tag that looks like a package's version is had as `tags/axios@1.20.0`.
 *
 * @param text As typed; absent for the working tree.
 * @throws {UsageError} for what can be none of the forms. Whether it exists is not looked at.
 */
export function parseTarget(text: string | undefined): Target {
  if (text === undefined) return { kind: 'working tree' }
  const wrong = (problem: string): UsageError =>
    new UsageError(`${JSON.stringify(text)} is nothing to compare: ${problem}; ${forms}`)

  if (text.trim() === '') throw wrong('it is empty')
  if (text.startsWith('-')) throw wrong('it begins with a dash, as options do')
  if (/\p{Cc}/u.test(text)) throw wrong('it contains a control character')
  if (isFolder(text)) return { kind: 'folder', path: text }

  const at = text.lastIndexOf('@')
  const name = text.slice(0, at)
  if (at > 0 && !reflog.test(text) && isPackageName(name)) {
    const version = text.slice(at + 1).replace(/^v(?=\d)/, '')
    if (version === '') throw wrong(`no version follows the ${name}@`)
    if (!packageVersion.test(version)) throw wrong(`${version} is no version, range or tag of a published package`)
    return name === 'node' ? { kind: 'node', version } : { kind: 'version', package: name, version }
  }

  if (at === 0 && isPackageName(text)) throw wrong('a package needs a version, as in `@scope/name@1.2.3`')
  if (/\s/.test(text)) throw wrong('it contains white space')
  if (text.includes('..')) throw wrong('a side is one commit, not a range of them')
  if (/^\^|[\\*?]|\[/.test(text)) throw wrong('git knows no such name of one commit')
  return { kind: 'ref', ref: text }
}

function isFolder(text: string): boolean {
  return /^(?:\.{1,2}(?:[/\\]|$)|\/|[A-Za-z]:[/\\]|\\\\)/.test(text)
}
