import { UsageError } from '../budgets/usage-error.ts'
import type { Client, ClientRequest, OpenClient } from '../clients/contract.ts'
import { excerptOf } from './excerpt.ts'

/**
 * Opens a client out of its library.
 *
 * @throws {UsageError} when `open` gives something that cannot send or be closed.
 */
export async function openClient(client: Client, library: unknown, request: ClientRequest): Promise<OpenClient> {
  const opened: Partial<OpenClient> | undefined = await client.open(library, request)
  const lacking = (['send', 'close'] as const).filter((member) => typeof opened?.[member] !== 'function')
  if (lacking.length === 0) return opened as OpenClient
  throw new UsageError(
    `the client ${client.name}: what \`open\` gave has no ${lacking.map((member) => `\`${member}\``).join(' and no ')} ` +
      `to call; expected { send: async () => reply, close: () => {} }, got ${shapeOf(opened)}`,
  )
}

function shapeOf(opened: unknown): string {
  if (typeof opened !== 'object' || opened === null) return excerptOf(opened)
  const members = Object.keys(opened)
  return members.length === 0 ? 'an object without members' : `an object with ${members.join(', ')}`
}
