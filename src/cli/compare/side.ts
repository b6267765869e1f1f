import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { workingTree } from '../../helpers/reports/comparison-words.ts'
import type { Checkout } from '../../helpers/trees/checkout.ts'
import { binaryIn, nodePackage, type OwnNode, pinnedNode } from '../../helpers/trees/own-node.ts'
import type { VersionTree } from '../../helpers/trees/version-cache.ts'
import type { Target } from './target.ts'

/** One side of a comparison, ready to be measured. */
export interface Side {
  /** As it was asked for. */
  readonly name: string
  /** Folder that libraries are resolved from. */
  readonly tree: string
  /** Root of the code whose adapters it runs; absent where it takes those of the other side. */
  readonly code?: string
  /** The package that a version was asked of, and which one it is. */
  readonly library?: { readonly name: string; readonly version: string }
  /** A Node of its own. Absent where both sides run on the one that runs this. */
  readonly node?: OwnNode
}

export interface Sides {
  readonly base: Side
  readonly head: Side
}

/** What opens sides. */
export interface Openers {
  /** The project's folder, a real path. */
  readonly root: string
  version(packages: Readonly<Record<string, string>>): Promise<VersionTree>
  checkout(ref: string): Promise<Checkout>
}

/**
 * Refuses two sides that are no comparison.
 *
 * @throws {UsageError} for two packages, and for a package against a Node.
 */
export function requireComparable(base: Target, head: Target): void {
  const [one, other] = [base, head].map(packageOf)
  if (one === undefined || other === undefined || one === other) return
  throw new UsageError(
    `--base is a version of ${one} and --head one of ${other}; two versions of the same package can be compared`,
  )
}

function packageOf(target: Target): string | undefined {
  if (target.kind === 'node') return 'node'
  return target.kind === 'version' ? target.package : undefined
}

/**
 * Opens both sides, one after the other. A Node runs the packages and adapters of the other side, or of the working tree
 * where both are a Node; a version of a package runs under the adapters of the other side.
 *
 * @throws {UsageError} for a folder that is none, and what the openers throw.
 */
export async function openSides(base: Target, head: Target, openers: Openers): Promise<Sides> {
  requireComparable(base, head)
  // The cheap one first: what is wrong with it is known before anything is installed.
  const opened: { base?: Opened; head?: Opened } = {}
  for (const which of base.kind === 'folder' ? (['base', 'head'] as const) : (['head', 'base'] as const)) {
    opened[which] = await open(which === 'base' ? base : head, openers)
  }
  const sides = opened as { base: Opened; head: Opened }
  const { root } = openers
  const nodes = pinnedNodes(sides)
  return {
    base: { ...sides.base, ...nodes?.base, ...placesOf(sides.base, sides.head, root) },
    head: { ...sides.head, ...nodes?.head, ...placesOf(sides.head, sides.base, root) },
  }
}

type Opened = Omit<Side, 'tree'> & { readonly tree?: string }

/** What a side does not have it takes from the other, which is the project's own where that has none either. */
function placesOf(own: Opened, other: Opened, root: string): { tree: string; code: string } {
  return { tree: own.tree ?? other.tree ?? root, code: own.code ?? other.code ?? root }
}

/** Each side's own Node, where both are trees that pin one and the pins differ: a bump of Node is a bump as any other. */
function pinnedNodes({
  base,
  head,
}: {
  base: Opened
  head: Opened
}): Record<'base' | 'head', { node: OwnNode }> | undefined {
  const [one, other] = [base, head].map(({ code }) => (code === undefined ? undefined : pinnedNode(code)))
  if (one === undefined || other === undefined || one.version === other.version) return undefined
  return { base: { node: one }, head: { node: other } }
}

async function open(target: Target, openers: Openers): Promise<Opened> {
  switch (target.kind) {
    case 'working tree':
      return { name: workingTree, tree: openers.root, code: openers.root }
    case 'folder': {
      const folder = path.resolve(openers.root, target.path)
      if (!existsSync(path.join(folder, 'package.json'))) {
        throw new UsageError(`${target.path} has no package.json; expected the folder of a project`)
      }
      const real = realpathSync(folder)
      return { name: target.path, tree: real, code: real }
    }
    case 'ref': {
      const { root } = await openers.checkout(target.ref)
      return { name: target.ref, tree: root, code: root }
    }
    case 'version': {
      const { package: name, version } = target
      const { root, versions } = await openers.version({ [name]: version })
      return { name: `${name}@${version}`, tree: root, library: { name, version: versions[name] ?? version } }
    }
    case 'node': {
      const name = nodePackage(process.platform, process.arch)
      const { root, versions } = await openers.version({ [name]: target.version })
      const node = { version: versions[name] ?? target.version, execPath: binaryIn(root, name) }
      return { name: `node@${target.version}`, node }
    }
  }
}
