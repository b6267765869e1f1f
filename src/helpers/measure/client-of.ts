import { UsageError } from '../budgets/usage-error.ts'
import type { Client } from '../clients/contract.ts'
import { excerptOf } from './excerpt.ts'
import type { ClientAddress } from './job.ts'

/**
 * Imports a client from its address.
 *
 * @throws {UsageError} when its module cannot be imported, or exports no client by that name.
 */
export async function clientOf({ module, exportName }: ClientAddress): Promise<Client> {
  const exports = await importedFrom(module)
  const client = exports[exportName]
  if (isClient(client)) return client
  throw new UsageError(
    client === undefined
      ? `${module} has no export named ${exportName}; defineClient is told the name under which its module exports the client`
      : `${module} exports ${typeof client === 'function' ? 'a function' : excerptOf(client)} as ${exportName}; expected the ` +
          'client itself, which `defineClient(import.meta.url, …)` gives: measuring processes call nothing to get it',
  )
}

async function importedFrom(module: string): Promise<Record<string, unknown>> {
  try {
    return await import(module)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(
      `${module} could not be imported by Node ${process.versions.node}: ${reason}. Measuring processes import the module of a ` +
        'client without Vitest and its bundler: relative imports with their extension, types that can be stripped, no aliases.',
      { cause },
    )
  }
}

function isClient(value: unknown): value is Client {
  return typeof value === 'object' && value !== null && 'open' in value && typeof value.open === 'function'
}
