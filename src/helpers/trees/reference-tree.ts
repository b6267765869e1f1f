import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { LockEntries } from './lock-entry.ts'
import { ReferenceTreeError } from './reference-tree-error.ts'

/**
 * Integrity of a reference: of its lock, which names version and integrity of every package in the tree. In the form
 * of a lock's own entries, `sha512-` and base64. Line ends are counted as `\n`, so that a checkout on Windows agrees.
 *
 * @throws {ReferenceTreeError} without a lock.
 */
export function referenceIntegrity(tree: string): string {
  const lock = path.join(tree, 'package-lock.json')
  if (!existsSync(lock)) throw new ReferenceTreeError(`${lock} is missing; a reference is frozen by its lock`)
  const text = readFileSync(lock, 'utf8').replaceAll('\r\n', '\n')
  return `sha512-${createHash('sha512').update(text).digest('base64')}`
}

/**
 * Installs the reference tree from its lock when it is absent; afterwards nothing needs the network.
 *
 * @param say Told before something is installed.
 * @throws {ReferenceTreeError} when npm fails.
 */
export function installReference(tree: string, say: (message: string) => void): void {
  if (existsSync(installedLock(tree))) return
  say(`installing the reference tree in ${path.relative(process.cwd(), tree)}`)
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: tree,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    })
  } catch (cause) {
    throw new ReferenceTreeError(`the reference tree could not be installed; run \`npm ci\` in ${tree}`, { cause })
  }
}

/**
 * Makes sure that what is compared with is what the budgets were tuned against: the lock has the recorded integrity, and
 * the installed packages are those of the lock.
 *
 * @param recorded Integrity from the budget file.
 * @throws {ReferenceTreeError} when they differ.
 */
export function verifyReference(tree: string, recorded: string): void {
  const found = referenceIntegrity(tree)
  if (found !== recorded) {
    throw new ReferenceTreeError(
      `the lock of ${path.relative(process.cwd(), tree)} is not the one that the budgets were tuned against: ` +
        `expected ${recorded}, found ${found}. The reference moves only by tuning; restore its package.json and ` +
        'package-lock.json, and keep update bots out of that folder.',
    )
  }
  const wrong = firstDifference(readLock(path.join(tree, 'package-lock.json')), readLock(installedLock(tree)))
  if (wrong !== undefined) {
    throw new ReferenceTreeError(
      `the installed reference tree does not match its lock: ${wrong}. Run \`npm ci\` in ${tree}`,
    )
  }
}

/** npm's own record of what it installed. */
function installedLock(tree: string): string {
  return path.join(tree, 'node_modules', '.package-lock.json')
}

function readLock(file: string): LockEntries {
  if (!existsSync(file)) throw new ReferenceTreeError(`${file} is missing; run \`npm ci\` beside it`)
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages?: LockEntries }
  return packages ?? {}
}

function firstDifference(locked: LockEntries, installed: LockEntries): string | undefined {
  for (const [place, expected] of Object.entries(locked)) {
    if (place === '' || (expected.optional && installed[place] === undefined)) continue
    const found = installed[place]
    if (found?.version !== expected.version) {
      return `${place}: expected ${expected.version}, found ${found?.version ?? 'nothing'}`
    }
    if (found?.integrity !== expected.integrity) {
      const { version } = expected
      return `${place}: expected ${version} with ${expected.integrity}, found ${version} with ${found?.integrity}`
    }
  }
  return undefined
}
