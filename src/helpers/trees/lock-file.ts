import { existsSync } from 'node:fs'
import path from 'node:path'

/** What installs packages from a lock. The two Yarns have different words for it. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'yarn 1'

/** Names of locks with what writes them; a folder with several is read by the first, unless its manifest names another. */
const writers = {
  'npm-shrinkwrap.json': 'npm',
  'package-lock.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
} as const

/** The name of a lock that is known here. */
export type LockName = keyof typeof writers

const lockNames = Object.keys(writers) as readonly LockName[]

/** The names that are looked for, in words; the first is for those who know it. */
export const lockNamesText = `${lockNames.slice(1, -1).join(', ')} or ${lockNames.at(-1)}`

/**
 * The lock among the files of a folder.
 *
 * @param packageManager What the manifest beside them says, `pnpm@10.2.0`. Default: nothing.
 */
export function lockAmong(names: readonly string[], packageManager = ''): LockName | undefined {
  const found = lockNames.filter((name) => names.includes(name))
  const [named] = packageManager.split('@')
  return found.find((name) => writers[name] === named) ?? found[0]
}

/** @param text Of the lock: what the first Yarn writes begins with a comment that says so. */
export function managerOf(lock: LockName, text: string): PackageManager {
  const writer = writers[lock]
  return writer === 'yarn' && /^# yarn lockfile v1/m.test(text) ? 'yarn 1' : writer
}

/** The lock that holds for a folder: in it, or in the nearest above, where workspaces have theirs; undefined without any. */
export function nearestLock(folder: string): string | undefined {
  const found = lockNames.find((name) => existsSync(path.join(folder, name)))
  if (found !== undefined) return path.join(folder, found)
  const parent = path.dirname(folder)
  return parent === folder ? undefined : nearestLock(parent)
}
