import { createHash } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { filesIn } from './files-in.ts'
import { manifestOf } from './manifest-of.ts'

/** The fields of a `package.json` that name what it needs at run time. */
interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/**
 * A digest of every file of a package and of all that it needs, as resolved from a tree, and of who gets what. Two trees
 * with the same digest run the same code, wherever and however often npm has put it. Files are read, not lock entries: a package that was edited in place is another package.
 *
 * @param library Package name.
 * @param tree Folder from which the package is resolved.
 * @returns The digest, or undefined when the tree does not hold the package.
 */
export function treeDigest(library: string, tree: string): string | undefined {
  const root = packageFolder(library, path.join(tree, 'package.json'))
  if (root === undefined) return undefined
  const digests = new Map<string, string>()
  const facts = new Set<string>()
  const collect = (folder: string): string => {
    const known = digests.get(folder)
    if (known !== undefined) return known
    const digest = folderDigest(folder)
    digests.set(folder, digest)
    facts.add(digest)
    for (const needed of neededBy(folder)) {
      const found = packageFolder(needed, path.join(folder, 'package.json'))
      if (found !== undefined) facts.add(`${digest} has for ${needed} ${collect(found)}`)
    }
    return digest
  }
  collect(root)
  return createHash('sha256')
    .update([...facts].sort().join('\n'))
    .digest('hex')
}

function neededBy(folder: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
  return Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies })
}

function packageFolder(name: string, from: string): string | undefined {
  // Optional and peer dependencies need not be there.
  const file = manifestOf(name, from)
  // Of a package that pnpm has linked, what it needs lies beside its real folder.
  return file === undefined ? undefined : path.dirname(realpathSync(file))
}

/** Names and bytes of a package's own files; packages nested below it are found as dependencies. */
export function folderDigest(folder: string): string {
  const hash = createHash('sha256')
  for (const file of filesIn(folder, { follows: true, without: ['node_modules'] }))
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(folder, file)))
      .update('\0')
  return hash.digest('hex')
}
