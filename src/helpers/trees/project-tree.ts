import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import type { Client } from '../clients/contract.ts'
import { type LockClosure, lockClosure } from './lock-closure.ts'
import { nearestLock } from './lock-file.ts'
import { type ModuleGraph, moduleGraph, packageOf } from './module-graph.ts'

/** A project's folder with its lock. */
export interface ProjectTree {
  /** A real path. */
  readonly root: string
  readonly lockFile: string
  /** Parsed, and not looked at yet. Absent for locks of others than npm, and for that of a workspace in a folder above. */
  readonly lock?: unknown
}

/** @throws {UsageError} without a lock, and for one of npm that is no JSON. */
export function openTree(folder: string): ProjectTree {
  const lockFile = path.join(folder, 'package-lock.json')
  if (!existsSync(lockFile)) {
    const other = nearestLock(realpathSync(folder))
    if (other !== undefined) return { root: realpathSync(folder), lockFile: other }
    throw new UsageError(
      `${lockFile} is missing; what changed is read from the locks of both sides. Write it with \`npm install\`.`,
    )
  }
  try {
    return { root: realpathSync(folder), lockFile, lock: JSON.parse(readFileSync(lockFile, 'utf8')) }
  } catch (cause) {
    throw new UsageError(`${lockFile} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

/**
 * What a client's module loads, with its library, which is named and not imported.
 *
 * @param module Path of the module from the root; undefined for a client from elsewhere, whose library alone is the tree's.
 */
export async function loadsIn(
  { root }: ProjectTree,
  module: string | undefined,
  { library }: Pick<Client, 'library'>,
): Promise<ModuleGraph> {
  const own = module === undefined ? { files: [], packages: [] } : await moduleGraph(path.join(root, module), root)
  if (library === undefined) return own
  if (!library.startsWith('./')) return { ...own, packages: [...own.packages, packageOf(library)] }
  const file = path.join(root, library)
  if (!existsSync(file)) return own
  const local = await moduleGraph(file, root)
  return { files: [...own.files, ...local.files], packages: [...own.packages, ...local.packages] }
}

/** What packages need, by the tree's lock. @throws {UsageError} for another kind of lock. */
export function lockedIn({ lock, lockFile }: ProjectTree, names: readonly string[]): LockClosure {
  return lockClosure(lock, names, lockFile)
}
