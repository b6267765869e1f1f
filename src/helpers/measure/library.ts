import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { LibraryError } from './library-error.ts'

/** A library as an arm has it. */
export interface LoadedLibrary {
  /** The module namespace object; undefined for clients that come with Node. */
  readonly namespace: unknown
  /** From the library's `package.json`; absent without one. */
  readonly version?: string
}

/**
 * Imports a library from a tree, as a module in the root of that tree would import it. Two trees give two instances,
 * because Node tells modules apart by their path. Needs Node's `--experimental-import-meta-resolve`, which measuring
 * processes are started with.
 *
 * @param library Package name, or a path that starts with `./`, from the root of the tree.
 * @param entryPoints Further ones of the same package, whose exports are to be in the namespace as well. Default: none.
 * @throws {LibraryError} when it cannot be found or fails to load.
 */
export async function loadLibrary(
  library: string | undefined,
  tree: string,
  entryPoints: readonly string[] = [],
): Promise<LoadedLibrary> {
  if (library === undefined) return { namespace: undefined }
  const root = pathToFileURL(path.join(tree, 'package.json'))
  try {
    const load = (entry: string): Promise<object> => import(import.meta.resolve(entry, root))
    const own = await load(library)
    const namespace =
      entryPoints.length === 0 ? own : Object.assign({}, own, ...(await Promise.all(entryPoints.map(load))))
    const version = versionOf(findPackageJSON(library, root))
    return version === undefined ? { namespace } : { namespace, version }
  } catch (cause) {
    throw LibraryError.of(library, tree, cause)
  }
}

function versionOf(packageJson: string | undefined): string | undefined {
  // For a path without a package.json above it, Node gives the path itself.
  if (packageJson === undefined || path.basename(packageJson) !== 'package.json') return undefined
  const { version } = JSON.parse(readFileSync(packageJson, 'utf8')) as { version?: unknown }
  return typeof version === 'string' ? version : undefined
}
