import { cpSync, existsSync, readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
}

/**
 * Folders of packages and of all that they need, as installed in a project.
 *
 * @returns Paths relative to the project, as a lock file has them: `node_modules/axios`.
 */
export function packageClosure(names: readonly string[], project: string): readonly string[] {
  const found = new Set<string>()
  const collect = (name: string, from: string): void => {
    const manifest = findPackageJSON(name, pathToFileURL(path.join(from, 'package.json')))
    if (manifest === undefined) throw new Error(`${name}, needed by ${from}, is not installed`)
    const folder = path.dirname(manifest)
    const place = path.relative(project, folder).split(path.sep).join('/')
    if (found.has(place)) return
    found.add(place)
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
    for (const needed of Object.keys(dependencies)) collect(needed, folder)
  }
  for (const name of names) collect(name, project)
  return [...found].sort()
}

/** Copies packages, without those that are nested in them, to the same places of another project. */
export function copyPackages(places: readonly string[], from: string, to: string): void {
  for (const place of places) {
    const source = path.join(from, place)
    const notNested = (file: string): boolean => !path.relative(source, file).split(path.sep).includes('node_modules')
    // A filter makes copying several times slower, and few packages have others nested in them.
    const filter = existsSync(path.join(source, 'node_modules')) ? { filter: notNested } : {}
    cpSync(source, path.join(to, place), { recursive: true, ...filter })
  }
}
