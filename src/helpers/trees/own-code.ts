import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { filesIn } from './files-in.ts'
import { runGit } from './git.ts'
import { type ModuleGraph, moduleGraph } from './module-graph.ts'
import type { Project } from './project.ts'
import { stagingFolder } from './staging-folder.ts'
import { runsAlike, syntaxTree } from './syntax-tree.ts'
import { treeDigest } from './tree-digest.ts'
import { loadsUnseen } from './unseen-loads.ts'

/**
 * Whether a library of a project's own runs the same code in the project and in a checkout of it: the files that it loads,
 * but for comments and types, and the packages that these need, by their contents. Where files can be loaded in ways that
 * cannot be seen, everything has to be the same: all files of the project, its specs apart, and all its packages.
 *
 * @param library Path from both roots, beginning with `./`; it is there in both.
 * @param reference Root of the project in the checkout.
 */
export async function isSameCode(
  library: string,
  project: Pick<Project, 'root' | 'specs' | 'reports'>,
  reference: string,
  signal: AbortSignal,
): Promise<boolean> {
  const trees = [project.root, reference] as const
  const graphs = await Promise.all(trees.map((root) => moduleGraph(path.join(root, library), root)))
  const files = union(graphs.map((graph) => graph.files))
  const packages = union(graphs.map((graph) => graph.packages))
  if (!files.every((file) => isSameFile(file, trees))) return false
  // A file beside the project has packages of its own.
  const folders = new Set([
    '.',
    ...files.filter((file) => file.startsWith('../')).map((file) => path.posix.dirname(file)),
  ])
  if (!packages.every((name) => isSamePackage(name, [...folders], trees))) return false
  const isSeen = graphs.every((graph, place) => isFollowed(graph, trees[place] ?? '', [...folders]))
  return isSeen || (await isSameProject(project, reference, signal))
}

type Trees = readonly [current: string, reference: string]

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort()
}

function isSameFile(file: string, trees: Trees): boolean {
  const [text, before] = trees.map((root) => textOf(path.join(root, file)))
  if (text === undefined || before === undefined) return text === before
  if (path.posix.basename(file) === 'package.json') return running(text) === running(before)
  // What a file is to Node, its manifest says.
  return runsAlike(text, before, file) && trees.map((root) => typeOf(path.join(root, file))).every(isFirst)
}

/** Of bytes, too, which a text would not keep apart. */
function textOf(file: string): string | undefined {
  const isThere = existsSync(file)
  return isThere ? readFileSync(file, syntaxTree('', file) === undefined ? 'latin1' : 'utf8') : undefined
}

function isFirst<Value>(value: Value, _: number, all: readonly Value[]): boolean {
  return value === all[0]
}

/** What of a manifest can make a difference when code runs: packages are looked at themselves. */
function running(manifest: string): string {
  try {
    const { scripts, devDependencies, ...others } = JSON.parse(manifest) as Record<string, unknown>
    return JSON.stringify(others)
  } catch {
    return manifest
  }
}

/** The `type` of the nearest manifest. */
function typeOf(file: string): unknown {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json')
    if (existsSync(manifest)) return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: unknown }).type
    if (folder === path.dirname(folder)) return undefined
  }
}

function isSamePackage(name: string, folders: readonly string[], trees: Trees): boolean {
  return folders.every((folder) => trees.map((root) => treeDigest(name, path.join(root, folder))).every(isFirst))
}

/** Whether all that is loaded was found, and nothing else can be loaded. */
function isFollowed({ files, packages }: ModuleGraph, root: string, folders: readonly string[]): boolean {
  return (
    files.every((file) => {
      const text = textOf(path.join(root, file))
      if (text === undefined) return false
      if (/\.(?:jsx|tsx|node)$/.test(file)) return false
      // Data loads nothing; of code that is not understood that is not known.
      const tree = syntaxTree(text, file)
      return tree === undefined ? syntaxTree('', file) === undefined : !loadsUnseen(tree)
    }) && packages.every((name) => folders.some((folder) => treeDigest(name, path.join(root, folder)) !== undefined))
  )
}

/** Whether a project has all files of a checkout, what was built there included, and none besides that git would keep. */
async function isSameProject(
  { root, specs, reports }: Pick<Project, 'root' | 'specs' | 'reports'>,
  reference: string,
  signal: AbortSignal,
): Promise<boolean> {
  const places = [specs, reports].map((folder) => path.relative(root, folder).split(path.sep).join('/'))
  // While init measures, specs and reports are only some of what lies there.
  const apart = [...places, stagingFolder].map((place) => `${place}/`)
  const kept = await runGit(['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { folder: root, signal })
  if (!kept.ok) return false
  const own = kept.stdout.split('\0').filter((file) => file !== '')
  const locks = /^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock)$/
  const files = union([own, filesIn(reference, { follows: true, without: ['node_modules'] })]).filter(
    (file) => !locks.test(file) && !apart.some((folder) => file.startsWith(folder)),
  )
  const needed = union([root, reference].map(dependenciesOf))
  return (
    files.every((file) => isSameFile(file, [root, reference])) &&
    needed.every((name) => isSamePackage(name, ['.'], [root, reference]))
  )
}

/** Names of the packages that a project needs to run. */
function dependenciesOf(root: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
    string,
    object | undefined
  >
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  )
}
