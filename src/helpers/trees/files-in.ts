import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'

/** How a folder is gone through. */
export interface WalkOptions {
  /**
   * Whether links are followed, each folder once on the way to a file: packages of workspaces can be linked in a circle. Default
   * false: a link is listed as itself.
   */
  readonly follows?: boolean
  /** Names of folders and files that are left out, wherever they lie. Default: none. */
  readonly without?: readonly string[]
}

/**
 * The files below a folder, by paths from there with `/`, in order. Node's own way of listing folders in folders goes through
 * every link, of which pnpm makes many.
 */
export function filesIn(root: string, { follows = false, without = [] }: WalkOptions = {}): readonly string[] {
  const found: string[] = []
  const walk = (folder: string, place: string, above: readonly string[]): void => {
    const real = realpathSync(folder)
    if (above.includes(real)) return
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (without.includes(entry.name)) continue
      const file = path.join(folder, entry.name)
      const kind = kindOf(entry, file, follows)
      if (kind === 'folder') walk(file, `${place}${entry.name}/`, [...above, real])
      else if (kind === 'file') found.push(`${place}${entry.name}`)
    }
  }
  walk(root, '', [])
  return found.sort()
}

function kindOf(entry: Dirent, file: string, follows: boolean): 'folder' | 'file' | undefined {
  // One that leads nowhere holds nothing.
  const there = entry.isSymbolicLink() && follows ? statSync(file, { throwIfNoEntry: false }) : entry
  if (there?.isDirectory()) return 'folder'
  return there?.isFile() || there?.isSymbolicLink() ? 'file' : undefined
}
