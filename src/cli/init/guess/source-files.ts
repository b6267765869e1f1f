import { existsSync, globSync } from 'node:fs'
import path from 'node:path'

/** Folders that hold no code of the client itself. */
const otherFolders = new Set([
  'node_modules',
  'dist',
  'build',
  'out',
  'coverage',
  'perf',
  'reports',
  'test',
  'tests',
  '__tests__',
  '__mocks__',
  'mocks',
  'e2e',
  'fixtures',
  'examples',
  'docs',
  'scripts',
  'benchmark',
  'benchmarks',
])

const otherFiles = /\.(?:test|spec|bench|config|setup|stories)\.[cm]?[jt]s$|\.d\.[cm]?ts$/

/** More are not read: a project of that size names its client by `--module`. */
const mostFiles = 5_000

/** Source files of a project, from its root with `/`, in order: no tests, no output, and no package inside of it. */
export function sourceFiles(root: string): readonly string[] {
  const isLeftOut = (folder: string): boolean =>
    folder.startsWith('.') || otherFolders.has(path.basename(folder)) || isOtherPackage(root, folder)
  const found: string[] = []
  const folders = ['.']
  for (const folder of folders) {
    const inside = globSync('*', { cwd: path.join(root, folder), withFileTypes: true })
    for (const entry of inside.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      const place = path.posix.join(folder, entry.name)
      if (entry.isDirectory() && !isLeftOut(place)) folders.push(place)
      else if (entry.isFile() && /\.[cm]?[jt]s$/.test(place) && !otherFiles.test(place)) found.push(place)
    }
    if (found.length > mostFiles) break
  }
  return found.slice(0, mostFiles).toSorted()
}

function isOtherPackage(root: string, folder: string): boolean {
  return existsSync(path.join(root, folder, 'package.json'))
}
