import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { MovedPackage } from '../../../helpers/budgets/reference-moves.ts'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { Disposables } from '../../../helpers/disposables.ts'
import { changedPackages } from '../../../helpers/trees/changed-packages.ts'
import { lockClosure } from '../../../helpers/trees/lock-closure.ts'
import { type Lock, movedLock } from '../../../helpers/trees/moved-lock.ts'
import type { NpmSettings } from '../../../helpers/trees/npm.ts'
import { settleAndInstall } from '../../../helpers/trees/npm-tree.ts'
import type { Project } from '../../../helpers/trees/project.ts'
import { openTree } from '../../../helpers/trees/project-tree.ts'
import { temporaryFolder } from '../../../helpers/trees/temporary-folder.ts'
import { treeDigest } from '../../../helpers/trees/tree-digest.ts'
import { type AskedReference, askedText, dependenciesIn, specsOf } from './asked-reference.ts'

/** A reference as it is to be, installed in a folder of its own; gone with its disposal. */
export interface CandidateTree extends Disposable {
  readonly tree: string
  /** Where the old one can be put meanwhile; gone with the disposal, too. */
  readonly before: string
  /** Every package that differs between the two. */
  readonly packages: readonly MovedPackage[]
}

interface CandidateOptions {
  readonly say: (message: string) => void
  readonly signal: AbortSignal
  readonly npm?: NpmSettings
}

/**
 * Installs the reference as it is with some packages, and all that they need, as the project has them. A reference moves to
 * what the project has, and nowhere else: budgets are tuned on equal trees.
 *
 * @throws {UsageError} for a package that the reference has not, a version that the project has not, a move that changes
 * nothing, one that changes what another client runs on, and where npm makes another tree of it than the project's.
 * @throws one of the errors of npm-error.ts when npm fails.
 */
export async function candidateTree(
  asked: readonly AskedReference[],
  { root, referenceTree, reports }: Pick<Project, 'root' | 'referenceTree' | 'reports'>,
  { say, signal, npm }: CandidateOptions,
): Promise<CandidateTree> {
  const [reference, project] = [openTree(referenceTree).lock as Lock, openTree(root).lock as Lock]
  const names = asked.map(({ name }) => name)
  // Throws for a lock of another kind.
  const was = lockClosure(reference, names, path.join(referenceTree, 'package-lock.json'))
  const is = lockClosure(project, names, path.join(root, 'package-lock.json'))
  const specs = specsOf(asked, reference, project)
  const text = askedText(asked)
  if (changedPackages(was, is).length === 0) {
    throw new UsageError(`the reference has ${text} already, with the same packages below it; there is nothing to move`)
  }
  using stack = new Disposables()
  const { folder } = stack.use(temporaryFolder(reports))
  const tree = path.join(folder, 'reference')
  cpSync(referenceTree, tree, { recursive: true, filter: (file) => path.basename(file) !== 'node_modules' })
  writeJson(path.join(tree, 'package-lock.json'), movedLock(reference, project, specs))
  const manifest = readJson(path.join(referenceTree, 'package.json'))
  const dependencies = { ...(manifest['dependencies'] as object), ...specs }
  writeJson(path.join(tree, 'package.json'), { ...manifest, dependencies })
  say(`installing a reference with ${text}`)
  await settleAndInstall({ folder: tree, asked: text, signal, npm })
  requireEqual(names, { root, referenceTree, tree }, dependenciesIn(reference))
  const all = dependenciesIn(reference)
  const settled = readJson(path.join(tree, 'package-lock.json')) as unknown as Lock
  const changes = changedPackages(lockClosure(reference, all), lockClosure(settled, all))
  const owned = stack.move()
  return {
    tree,
    before: path.join(folder, 'before'),
    packages: changes.map(({ name, base, head }) => ({ name, ...(base && { from: base }), ...(head && { to: head }) })),
    [Symbol.dispose]: () => owned[Symbol.dispose](),
  }
}

/** What moves must be what the project has, and what does not must be what it was. */
function requireEqual(
  names: readonly string[],
  { root, referenceTree, tree }: Record<'root' | 'referenceTree' | 'tree', string>,
  all: readonly string[],
): void {
  const wrong = names.filter((name) => treeDigest(name, tree) !== treeDigest(name, root))
  if (wrong.length > 0) {
    throw new UsageError(
      `a reference with ${wrong.join(', ')} would not be what the project has installed; run \`npm ci\`, and try again`,
    )
  }
  const drawn = all.filter((name) => {
    const digest = treeDigest(name, tree)
    return digest !== treeDigest(name, referenceTree) && digest !== treeDigest(name, root)
  })
  if (drawn.length === 0) return
  throw new UsageError(
    `${names.join(', ')} cannot move alone: ${drawn.join(', ')} would get other packages below it than it had, and than the ` +
      'project has; move it as well, with a --reference of its own',
  )
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
}

function writeJson(file: string, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`)
}
