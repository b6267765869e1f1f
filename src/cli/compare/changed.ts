import type { Client } from '../../helpers/clients/contract.ts'
import { requireInstalled } from '../../helpers/trees/require-installed.ts'
import { whatChanged } from '../../helpers/trees/what-changed.ts'
import { armOf, clientIn } from './arm.ts'
import type { Sides } from './side.ts'

/** What clients of a project are to be compared. */
export interface Changes {
  /** Why clients have to be measured, by their names; those in which nothing changed are absent. */
  readonly reasons: ReadonlyMap<string, readonly string[]>
  /** Names of those that the head no longer has: there is nothing to measure them by. */
  readonly removed: ReadonlySet<string>
}

/**
 * Which clients have to be measured.
 *
 * @param root The project, a real path. Of a client from elsewhere only the packages can differ.
 * @throws {UsageError} where a side has no lock.
 */
export async function changesOf(clients: readonly Client[], { base, head }: Sides, root: string): Promise<Changes> {
  const { code = root } = head
  const inHead = clients.filter((client) => armOf(client, head, root).hasAdapter)
  const removed = new Set(clients.filter((client) => !inHead.includes(client)).map(({ name }) => name))
  const changed = await whatChanged(
    base.code ?? root,
    code,
    inHead.map((client) => clientIn(code, client, root)),
  )
  const found = new Map(changed.map(({ client, because }) => [client.name, because]))
  if (base.node?.version === head.node?.version) return { reasons: found, removed }
  const node = `Node ${base.node?.version} → ${head.node?.version}`
  return { reasons: new Map(inHead.map(({ name }) => [name, [node, ...(found.get(name) ?? [])]])), removed }
}

/**
 * Makes sure that sides which are trees have installed what their locks say.
 *
 * @throws {UsageError} with the first package that differs, and what to do.
 */
export async function requireSidesInstalled(
  clients: readonly Client[],
  { base, head }: Sides,
  root: string,
): Promise<void> {
  for (const { tree, code } of [base, head]) {
    if (tree !== code) continue
    await requireInstalled(
      tree,
      clients.map((client) => clientIn(tree, client, root)),
    )
  }
}
