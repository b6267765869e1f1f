import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../budgets/usage-error.ts'
import type { Client } from '../clients/contract.ts'
import { lackingOf } from './half-installed.ts'
import { isFolder } from './lock-closure.ts'
import { pathInside } from './path-inside.ts'
import { loadsIn, lockedIn, openTree } from './project-tree.ts'

/**
 * Makes sure that what clients need is installed in the versions of a tree's lock: what changed is read from locks, and what
 * is measured is what is installed. A tree without a lock has nothing to be held against.
 *
 * @param clients With their modules in the tree; those from elsewhere, and those that are not there, count by their libraries.
 * @throws {UsageError} with the first package that is not there or has another version.
 */
export async function requireInstalled(folder: string, clients: readonly Client[]): Promise<void> {
  if (!existsSync(path.join(folder, 'package-lock.json'))) return
  const tree = openTree(folder)
  const needed = new Set<string>()
  for (const client of clients) {
    const { packages } = await loadsIn(tree, moduleIn(tree.root, client), client)
    for (const name of packages) needed.add(name)
  }
  const published = lockedIn(tree, [...needed]).filter((each) => !isFolder(each) && each.version !== undefined)
  const lacking = lackingOf(tree.root, Object.fromEntries(published.map((each) => [each.place, each])))
  if (lacking === undefined) return
  throw new UsageError(
    `what is installed in ${tree.root} is not what its package-lock.json says: ${lacking}. Run \`npm ci\` there.`,
  )
}

function moduleIn(root: string, { module }: Client): string | undefined {
  const file = fileURLToPath(module)
  return existsSync(file) ? pathInside(root, realpathSync(file)) : undefined
}
