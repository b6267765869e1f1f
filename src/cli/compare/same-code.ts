import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ModuleGraph, moduleGraph } from '../../helpers/trees/module-graph.ts'
import { runsAlike } from '../../helpers/trees/syntax-tree.ts'
import { treeDigest } from '../../helpers/trees/tree-digest.ts'

/**
 * Whether two modules, with all that they import of their own trees and all packages that they need there, run the same
 * code.
 *
 * @param one Address of a module in the first root, `other` of one in the second.
 */
export async function haveSameCode(one: string, other: string, oneRoot: string, otherRoot: string): Promise<boolean> {
  if (one === other) return true
  const [before, after] = [await graphOf(one, oneRoot), await graphOf(other, otherRoot)]
  const files = new Set([...before.files, ...after.files])
  const packages = new Set([...before.packages, ...after.packages])
  return (
    [...files].every((file) => {
      const [text, now] = [textOf(path.join(oneRoot, file)), textOf(path.join(otherRoot, file))]
      return text !== undefined && now !== undefined && runsAlike(text, now, file)
    }) && [...packages].every((name) => treeDigest(name, oneRoot) === treeDigest(name, otherRoot))
  )
}

function graphOf(module: string, root: string): Promise<ModuleGraph> {
  return moduleGraph(fileURLToPath(module), root)
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
