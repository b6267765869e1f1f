import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { manifestOf } from './manifest-of.ts'
import { moduleGraph } from './module-graph.ts'
import { folderDigest } from './tree-digest.ts'

/**
 * Packages, with their versions, that a library of a project's own loads and that have other contents in a checkout of it
 * under the same version: a script has written into them here, as patch-package and generators of code do, and none is run
 * there. What is linked from the project itself is its own code.
 *
 * @param library Path from both roots, beginning with `./`; it is there in both.
 * @param reference Root of the project in the checkout.
 */
export async function patchedPackages(library: string, root: string, reference: string): Promise<readonly string[]> {
  const { packages } = await moduleGraph(path.join(root, library), root)
  return packages.flatMap((name) => {
    const [own, other] = [root, reference].map((tree) => installed(name, tree))
    if (own === undefined || other === undefined || own.version !== other.version) return []
    return folderDigest(own.folder) === folderDigest(other.folder) ? [] : [`${name} ${own.version}`]
  })
}

function installed(name: string, tree: string): { folder: string; version: string | undefined } | undefined {
  const found = manifestOf(name, path.join(tree, 'package.json'))
  const file = found === undefined ? undefined : realpathSync(found)
  if (file === undefined || !file.split(path.sep).includes('node_modules')) return undefined
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: string }
  return { folder: path.dirname(file), version }
}
