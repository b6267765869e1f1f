import module from 'node:module'
import { packageOf } from '../../../helpers/trees/module-graph.ts'
import { isHttpClient } from '../detect/http-clients.ts'

/** A source file of which nothing can be guessed. */
export interface Unreadable {
  /** From the root, `./src/sdk.ts`. */
  readonly module: string
  readonly reason: string
  /** Whether its text looks as if it used an HTTP client. */
  readonly mayUse: boolean
}

/** Why a source file has no syntax tree. @param file From the root. */
export function unreadable(text: string, file: string): Unreadable {
  const quoted = [...text.matchAll(/['"]([^'"\n]+)['"]/g)].map(([, inside = '']) => packageOf(inside))
  return {
    module: `./${file}`,
    reason: /\.[cm]?ts$/.test(file) ? whyNotStripped(text) : 'it is no JavaScript that Node runs',
    mayUse: /\bfetch\b/.test(text) || quoted.some(isHttpClient),
  }
}

function whyNotStripped(text: string): string {
  try {
    module.stripTypeScriptTypes(text)
    return 'it is no JavaScript without its types'
  } catch (error) {
    return (error as Error).message
  }
}
