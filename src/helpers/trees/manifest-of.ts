import { findPackageJSON } from 'node:module'
import { pathToFileURL } from 'node:url'

/** The `package.json` of a package, as resolved from a file; undefined where it is not there. */
export function manifestOf(name: string, from: string): string | undefined {
  try {
    return findPackageJSON(name, pathToFileURL(from))
  } catch {
    // It throws for what is not there.
    return undefined
  }
}
