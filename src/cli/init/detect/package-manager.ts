import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Manifest } from './manifest.ts'

/** What installs a project's packages. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn'
  /** Folder of the lock: that of the project, or of the workspace that it is in. */
  readonly lockFolder: string
  /** Name of the lock; absent where there is none yet. */
  readonly lock?: string
  /** What CI installs by the lock with. */
  readonly install: string
  /** What runs a script of the `package.json`, to be followed by its name. */
  readonly run: string
}

const managers = {
  npm: { locks: ['package-lock.json', 'npm-shrinkwrap.json'], install: 'npm ci', run: 'npm run' },
  pnpm: { locks: ['pnpm-lock.yaml'], install: 'pnpm install --frozen-lockfile', run: 'pnpm run' },
  yarn: { locks: ['yarn.lock'], install: 'yarn install --immutable', run: 'yarn run' },
} as const

/**
 * The package manager of a project: that of the nearest lock at or above its folder, else what its `packageManager` names, else
 * npm.
 *
 * @param top Where the search upwards ends, such as the top of the repository.
 */
export function packageManagerOf(root: string, top: string, { packageManager = '' }: Manifest): PackageManager {
  for (const folder of foldersUp(root, top)) {
    for (const [name, { locks, install, run }] of Object.entries(managers)) {
      const lock = locks.find((each) => existsSync(path.join(folder, each)))
      if (lock === undefined) continue
      return { name: name as PackageManager['name'], lockFolder: folder, lock, install, run }
    }
  }
  const [named = ''] = packageManager.split('@')
  const name = named === 'pnpm' || named === 'yarn' ? named : 'npm'
  // Without a lock there is nothing to install by.
  return { name, lockFolder: root, install: `${name} install`, run: managers[name].run }
}

/** A folder and those around it up to one of them; only itself where that is none of them. */
export function foldersUp(root: string, top: string): readonly string[] {
  const folders = [root]
  for (let folder = root; folder !== top; folders.push(folder)) {
    const parent = path.dirname(folder)
    if (parent === folder) return [root]
    folder = parent
  }
  return folders
}
