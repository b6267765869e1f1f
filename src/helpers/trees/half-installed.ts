import { lstatSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { filesIn } from './files-in.ts'
import type { LockEntry } from './lock-entry.ts'

/** Size in bytes of every file of a tree, by its path with `/`. */
type Inventory = Readonly<Record<string, number>>

const inventoryName = '.wiregauge-files.json'

/**
 * What a fresh installation lacks of its lock: a package that is not there, or not in its version.
 *
 * @returns In words; undefined when all is there. What is optional may be absent.
 */
export function lackingOf(
  tree: string,
  locked: Readonly<Record<string, Pick<LockEntry, 'version' | 'optional'>>>,
): string | undefined {
  for (const [place, expected] of Object.entries(locked)) {
    if (place === '') continue
    const manifest = path.join(tree, place, 'package.json')
    const text = readIfThere(manifest)
    if (text === undefined && expected.optional) continue
    const found = text === undefined ? undefined : versionIn(text)
    if (found !== expected.version) return `${place} should be ${expected.version} and is ${found ?? 'not there'}`
  }
  return undefined
}

/** Notes the size of every file and link of a tree, for {@link damageOf}. */
export function takeInventory(tree: string): void {
  const sizes: Record<string, number> = {}
  // pnpm and workspaces link packages; what a link leads to is noted where it lies.
  for (const file of filesIn(tree)) sizes[file] = lstatSync(path.join(tree, file)).size
  writeFileSync(path.join(tree, inventoryName), JSON.stringify(sizes))
}

/**
 * What has become of a tree since its inventory: the first file that is gone or has another size. Sizes alone are
 * compared, npm's own record and each package.json among them; a few milliseconds for a thousand files.
 *
 * @returns In words; undefined when the tree is whole.
 */
export function damageOf(tree: string): string | undefined {
  const inventory = inventoryOf(tree)
  if (inventory === undefined) return 'its list of files is missing'
  for (const [file, size] of Object.entries(inventory)) {
    const found = sizeOf(path.join(tree, file))
    if (found === undefined) return `${file} is missing`
    if (found !== size) return `${file} has ${found} bytes instead of ${size}`
  }
  return undefined
}

function inventoryOf(tree: string): Inventory | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path.join(tree, inventoryName), 'utf8'))
    return isInventory(content) ? content : undefined
  } catch {
    // Absent or cut short, which is one and the same to who wants to rely on it.
    return undefined
  }
}

/** A tree has files; a list without any is none. */
function isInventory(content: unknown): content is Inventory {
  return typeof content === 'object' && content !== null && Object.keys(content).length > 0
}

function sizeOf(file: string): number | undefined {
  try {
    return lstatSync(file).size
  } catch {
    return undefined
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Without a `v` before it, such as some packages of Node have: npm leaves it out. */
function versionIn(manifest: string): string | undefined {
  try {
    return (JSON.parse(manifest) as { version?: string }).version?.replace(/^v(?=\d)/, '')
  } catch {
    return 'unreadable'
  }
}
