import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { Client } from '../../helpers/clients/contract.ts'
import type { ArmChoice } from '../../helpers/measure/measurement.ts'
import { fileExports } from '../../helpers/trees/exported-names.ts'
import { pathInside } from '../../helpers/trees/path-inside.ts'
import type { Side, Sides } from './side.ts'

/** One side of one client. */
export interface Arm extends ArmChoice {
  readonly tree: string
  /** Whether the side has the client's module with its export; else the other's adapter is used. */
  readonly hasAdapter: boolean
}

/**
 * A client on a side: its packages, and its adapter by the same path under the root of the side's code.
 *
 * @param root The project whose clients they are, a real path. A client from elsewhere has one adapter for all sides.
 */
export function armOf(client: Client, side: Side, root: string): Arm {
  const { tree, code = root, node } = side
  const own = node === undefined ? {} : { execPath: node.execPath }
  const { module, exportName } = clientIn(code, client, root)
  if (module === client.module) return { tree, ...own, hasAdapter: true }
  if (!fileExports(fileURLToPath(module), exportName)) return { tree, ...own, hasAdapter: false }
  return { tree, ...own, client: { module, exportName }, hasAdapter: true }
}

/** A client with its module by the same path under another root; one from elsewhere as it is. */
export function clientIn(code: string, client: Client, root: string): Client {
  const file = code === root ? undefined : pathInside(root, fileURLToPath(client.module))
  return file === undefined ? client : { ...client, module: pathToFileURL(path.join(code, file)).href }
}

/**
 * Both arms of a client. Where one side has no adapter it takes the other's.
 *
 * @throws {UsageError} where neither has.
 */
export function armsOf(client: Client, sides: Sides, root: string): { base: Arm; head: Arm } {
  const base = armOf(client, sides.base, root)
  const head = armOf(client, sides.head, root)
  if (!base.hasAdapter && !head.hasAdapter) {
    throw new UsageError(`neither ${sides.base.name} nor ${sides.head.name} has the adapter of ${client.name}`)
  }
  return {
    base: base.hasAdapter ? base : { ...base, ...adapterOf(head) },
    head: head.hasAdapter ? head : { ...head, ...adapterOf(base) },
  }
}

function adapterOf({ client }: Arm): Pick<ArmChoice, 'client'> {
  return client === undefined ? {} : { client }
}
