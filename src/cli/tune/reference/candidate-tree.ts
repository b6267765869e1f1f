import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { MovedPackage } from '../../../helpers/budgets/reference-moves.ts'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { changedPackages } from '../../../helpers/trees/changed-packages.ts'
import { lockClosure } from '../../../helpers/trees/lock-closure.ts'
import { type Lock, movedLock } from '../../../helpers/trees/moved-lock.ts'
import type { NpmSettings } from '../../../helpers/trees/npm.ts'
import { settleAndInstall } from '../../../helpers/trees/npm-tree.ts'
import type { Project } from '../../../helpers/trees/project.ts'
import { openTree } from '../../../helpers/trees/project-tree.ts'
import { temporaryFolder } from '../../../helpers/trees/temporary-folder.ts'
import { treeDigest } from '../../../helpers/trees/tree-digest.ts'

/** A package in the exact version that the reference is to have. */
export interface AskedReference {
  readonly name: string
  readonly version: string
}

/** A reference as it is to be, installed in a folder beside the one that it may replace; gone with its disposal. */
export interface CandidateTree extends Disposable {
  readonly tree: string
  /** Where the old one can be put meanwhile; gone with the disposal, too. */
  readonly before: string
  /** Every package that differs between the two. */
  readonly packages: Readonly<Record<string, MovedPackage>>
}

interface CandidateOptions {
  readonly say: (message: string) => void
  readonly signal: AbortSignal
  readonly npm?: NpmSettings
}

/**
 * Installs the reference as it is with one package, and all that it needs, as the project has it. A reference moves to what
 * the project has, and nowhere else: budgets are tuned on equal trees.
 *
 * @throws {UsageError} for a package that the reference has not, a version that the project has not, a move that changes
 * nothing, and where npm makes another tree of it than the project's.
 * @throws one of the errors of npm-error.ts when npm fails.
 */
export async function candidateTree(
  { name, version }: AskedReference,
  { root, referenceTree }: Pick<Project, 'root' | 'referenceTree'>,
  { say, signal, npm }: CandidateOptions,
): Promise<CandidateTree> {
  const [reference, project] = [openTree(referenceTree).lock as Lock, openTree(root).lock as Lock]
  // Throws for a lock of another kind.
  const was = lockClosure(reference, [name], path.join(referenceTree, 'package-lock.json'))
  const is = lockClosure(project, [name], path.join(root, 'package-lock.json'))
  requireMove({ name, version }, reference, project)
  if (changedPackages(was, is).length === 0) {
    throw new UsageError(
      `the reference has ${name} ${version} already, with the same packages below it; there is nothing to move`,
    )
  }
  const temporary = temporaryFolder(path.dirname(referenceTree))
  try {
    const tree = path.join(temporary.folder, 'reference')
    copyFiles(referenceTree, tree)
    const lock = movedLock(reference, project, name, version)
    writeJson(path.join(tree, 'package-lock.json'), lock)
    const manifest = readJson(path.join(referenceTree, 'package.json'))
    const dependencies = { ...(manifest['dependencies'] as object), [name]: version }
    writeJson(path.join(tree, 'package.json'), { ...manifest, dependencies })
    say(`installing a reference with ${name}@${version}`)
    await settleAndInstall({ folder: tree, asked: `a reference with ${name}@${version}`, signal, npm })
    if (treeDigest(name, tree) !== treeDigest(name, root)) {
      throw new UsageError(
        `a reference with ${name}@${version} would not be what the project has installed; run \`npm ci\`, and try again`,
      )
    }
    const all = Object.keys(lock.packages['']?.dependencies ?? {})
    const settled = readJson(path.join(tree, 'package-lock.json')) as unknown as Lock
    const changes = changedPackages(lockClosure(reference, all), lockClosure(settled, all))
    return {
      tree,
      before: path.join(temporary.folder, 'before'),
      packages: Object.fromEntries(
        changes.map(({ name: each, base, head }) => [each, { ...(base && { from: base }), ...(head && { to: head }) }]),
      ),
      [Symbol.dispose]: () => temporary[Symbol.dispose](),
    }
  } catch (error) {
    temporary[Symbol.dispose]()
    throw error
  }
}

function requireMove({ name, version }: AskedReference, reference: Lock, project: Lock): void {
  const { dependencies = {} } = reference.packages[''] ?? {}
  if (dependencies[name] === undefined) {
    throw new UsageError(`the reference has no ${name}; it has ${Object.keys(dependencies).join(', ') || 'nothing'}`)
  }
  const own = project.packages[`node_modules/${name}`]?.version
  if (own === version) return
  throw new UsageError(
    `the project has ${own === undefined ? `no ${name}` : `${name} ${own}`}, and a reference moves to what the project has; ` +
      `run \`npm install ${name}@${version}\` first, or move it to what is there`,
  )
}

/** What belongs to a reference beside its packages: manifest, lock and settings of npm. */
function copyFiles(from: string, to: string): void {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isFile()) copyFileSync(path.join(from, entry.name), path.join(to, entry.name))
  }
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
}

function writeJson(file: string, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`)
}
