import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import type { LockEntries } from './lock-entry.ts'
import { isPackageName } from './package-name.ts'

/** Names of packages, with an exact version, a range or a dist-tag each. */
export type AskedPackages = Readonly<Record<string, string>>

/** A resolved tree: what npm installs from it depends on nothing else. */
export interface VersionLock {
  /** Versions of the packages that were asked for. */
  readonly versions: Readonly<Record<string, string>>
  readonly packages: LockEntries
  /** The `package.json` that goes with the lock. */
  readonly manifest: string
  /** The `package-lock.json`. */
  readonly text: string
  /** Of the text: SHA-256 in hexadecimal. */
  readonly digest: string
}

/** What ranges and tags consist of; neither a folder nor an address fits. */
const versionSpec = /^(?!\.)[\w.+*^~<>=|, -]+$/

/**
 * `axios@1.20.0, undici@8.12.4`, as messages name packages.
 *
 * @throws {UsageError} for no packages, and for a name or version that is none; addresses, folders and aliases are none.
 */
export function describePackages(asked: AskedPackages): string {
  const entries = Object.entries(asked)
  if (entries.length === 0) throw new UsageError('no packages were asked for; name at least one, e.g. axios@1.20.0')
  for (const [name, spec] of entries) {
    if (!isPackageName(name)) throw new UsageError(`${JSON.stringify(name)} is not the name of a package`)
    if (!versionSpec.test(spec) || spec.trim() === '' || /\.(?:tgz|tar|gz)$/i.test(spec)) {
      throw new UsageError(
        `${JSON.stringify(spec)} is not a version of ${name}: expected an exact version, a range or a dist-tag, ` +
          'e.g. 1.20.0, ^1.20.0 or latest',
      )
    }
  }
  return entries.map(([name, spec]) => `${name}@${spec}`).join(', ')
}

/** What npm is to resolve: the packages as they were asked for, in a tree of which nothing else is known. */
export function writeManifest(folder: string, dependencies: AskedPackages): string {
  const sorted = Object.fromEntries(Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)))
  const manifest = { name: 'wiregauge-versions', private: true, type: 'module', dependencies: sorted }
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`
  writeFileSync(path.join(folder, 'package.json'), text)
  return text
}

/**
 * Reads what npm resolved in a folder, and writes manifest and lock anew with exact versions in place of what was asked
 * for: so `latest` and the version that it stands for are one tree.
 */
export function settleLock(folder: string, asked: AskedPackages): VersionLock {
  const file = path.join(folder, 'package-lock.json')
  const resolved = JSON.parse(readFileSync(file, 'utf8')) as { packages: LockEntries }
  const versions = versionsIn(resolved.packages, asked)
  const manifest = writeManifest(folder, versions)
  const { dependencies } = JSON.parse(manifest) as { dependencies: AskedPackages }
  const packages = { ...resolved.packages, '': { ...resolved.packages[''], dependencies } }
  const text = `${JSON.stringify({ ...resolved, packages }, undefined, 2)}\n`
  writeFileSync(file, text)
  return { versions, packages, manifest, text, digest: digestOf(text) }
}

/** A lock that {@link settleLock} wrote, and that was kept. */
export function keptLock(manifest: string, text: string, asked: AskedPackages): VersionLock {
  const { packages } = JSON.parse(text) as { packages: LockEntries }
  return { versions: versionsIn(packages, asked), packages, manifest, text, digest: digestOf(text) }
}

export function writeLock(folder: string, { manifest, text }: VersionLock): void {
  writeFileSync(path.join(folder, 'package.json'), manifest)
  writeFileSync(path.join(folder, 'package-lock.json'), text)
}

function versionsIn(packages: LockEntries, asked: AskedPackages): Readonly<Record<string, string>> {
  const versions = Object.keys(asked).map((name): [string, string] => {
    const version = packages[`node_modules/${name}`]?.version
    if (version === undefined) throw new UsageError(`npm resolved no version of ${name}`)
    return [name, version]
  })
  return Object.fromEntries(versions)
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
