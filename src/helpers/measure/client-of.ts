import { UsageError } from '../budgets/usage-error.ts'
import type { Client } from '../clients/contract.ts'
import type { ClientAddress } from './job.ts'

/**
 * Imports a client from its address.
 *
 * @throws {UsageError} when its module has no such export.
 */
export async function clientOf({ module, exportName }: ClientAddress): Promise<Client> {
  const exports = (await import(module)) as Record<string, Client | undefined>
  const client = exports[exportName]
  if (client !== undefined) return client
  throw new UsageError(
    `${module} has no export named ${exportName}; defineClient is told the name under which its module exports the client`,
  )
}
