import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Client } from '../clients/contract.ts'
import { changedPackages, type PackageChange } from './changed-packages.ts'
import { fileExports } from './exported-names.ts'
import { isFolder } from './lock-closure.ts'
import { manifestOf } from './manifest-of.ts'
import { pathInside } from './path-inside.ts'
import { loadsIn, lockedIn, openTree, type ProjectTree } from './project-tree.ts'
import { runsAlike } from './syntax-tree.ts'
import { folderDigest, treeDigest } from './tree-digest.ts'

/** A client that could perform differently in the head than in the base. */
export interface ChangedClient {
  readonly client: Client
  /**
   * Why, in words: `only in head`, or packages first and then files, `follow-redirects 1.15.9 → 1.15.11`,
   * `src/helpers/clients/axios.ts changed`. Names and versions are untrusted text.
   */
  readonly because: readonly [string, ...string[]]
}

/**
 * Which clients could perform differently in two trees of a project, by their locks and the code that they load: the
 * packages that their library and their modules need, and their modules with all that these import. Comments and types
 * are no reason. What is installed is not looked at where npm has locked both in the folder of the project: {@link import('./require-installed.ts').requireInstalled} holds it against
 * the lock.
 *
 * @param base Root of a tree with a lock, or of a part of a workspace.
 * @param head The same. Of clients whose modules lie elsewhere only the packages can differ.
 * @returns Those with a reason, in the order of the clients.
 * @throws {UsageError} where a lock is missing or none.
 */
export async function whatChanged(
  base: string,
  head: string,
  clients: readonly Client[],
): Promise<readonly ChangedClient[]> {
  const trees = { base: openTree(base), head: openTree(head) }
  const found = await Promise.all(
    clients.map(async (client) => {
      const [first, ...more] = await reasons(client, trees)
      return first === undefined ? [] : [{ client, because: [first, ...more] } satisfies ChangedClient]
    }),
  )
  return found.flat()
}

interface Trees {
  readonly base: ProjectTree
  readonly head: ProjectTree
}

async function reasons(client: Client, { base, head }: Trees): Promise<readonly string[]> {
  const module = moduleIn(head, client)
  if (module !== undefined && !fileExports(path.join(base.root, module), client.exportName)) return ['only in head']
  const before = await loadsIn(base, module, client)
  const after = await loadsIn(head, module, client)
  const needed = [...new Set([...before.packages, ...after.packages])]
  const files = [...new Set([...before.files, ...after.files])].sort()
  const hasLocks = base.lock !== undefined && head.lock !== undefined
  return [
    ...(hasLocks ? lockedReasons(needed, { base, head }) : installedReasons(needed, { base, head })),
    ...files.flatMap((file) => fileReason(file, textIn(base, file), textIn(head, file)) ?? []),
  ]
}

/** By the locks of npm, which tell of every package which one it is. */
function lockedReasons(needed: readonly string[], { base, head }: Trees): readonly string[] {
  const old = lockedIn(base, needed)
  const current = lockedIn(head, needed)
  const folders = new Set([...old, ...current].filter(isFolder).map(({ place }) => place))
  return [
    ...changedPackages(old, current).map(packageReason),
    ...[...folders]
      .filter((folder) => digestIn(base, folder) !== digestIn(head, folder))
      .map((folder) => `${folder} changed`),
  ]
}

/** By what is installed, where a lock is not read here: every package with all that it needs is one. */
function installedReasons(needed: readonly string[], { base, head }: Trees): readonly string[] {
  return needed.toSorted().flatMap((name) => {
    if (treeDigest(name, base.root) === treeDigest(name, head.root)) return []
    const [before, after] = [base, head].map(({ root }) => installedVersion(name, root))
    if (before !== after) return packageReason({ name, ...(before && { base: before }), ...(after && { head: after }) })
    return `${name} ${before} with other contents, or other packages below it`
  })
}

function installedVersion(name: string, root: string): string | undefined {
  const manifest = manifestOf(name, path.join(root, 'package.json'))
  if (manifest === undefined) return undefined
  const { version = 'without a version' } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }
  return version
}

/** Path of a client's module from the root; undefined for a client from elsewhere. */
function moduleIn({ root }: ProjectTree, { module }: Client): string | undefined {
  return pathInside(root, realpathSync(fileURLToPath(module)))
}

function textIn({ root }: ProjectTree, file: string): string | undefined {
  const full = path.join(root, file)
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined
}

function digestIn({ root }: ProjectTree, folder: string): string | undefined {
  const full = path.join(root, folder)
  return existsSync(full) ? folderDigest(full) : undefined
}

function packageReason({ name, base, head }: PackageChange): string {
  if (base === undefined) return `${name} ${head} added`
  if (head === undefined) return `${name} ${base} removed`
  return base === head ? `${name} ${base} with other contents` : `${name} ${base} → ${head}`
}

function fileReason(file: string, base: string | undefined, head: string | undefined): string | undefined {
  if (base === undefined && head === undefined) return undefined
  if (base === undefined) return `${file} added`
  if (head === undefined) return `${file} removed`
  return runsAlike(base, head, file) ? undefined : `${file} changed`
}
