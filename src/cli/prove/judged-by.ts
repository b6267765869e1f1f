import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Change } from '../../helpers/trials/change.ts'

/** Patches hold addresses of our own modules; where those are installed is no fact. */
const ownFolder = new URL('../../../', import.meta.url)
const ownAddresses = [ownFolder.href, fileURLToPath(ownFolder)]

/**
 * A short digest of what trials are made of and decided by, so that those of something else are told apart. Maps count as
 * their entries.
 */
export function digestOf(...facts: readonly unknown[]): string {
  const text = JSON.stringify(facts, (_key, value: unknown) => {
    if (typeof value === 'string') return ownAddresses.reduce((left, address) => left.replaceAll(address, ''), value)
    return value instanceof Map ? [...value] : value
  })
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** What a change and the one beside it are, as data. */
export function factsOf({ name, madeOf, beside }: Change): readonly unknown[] {
  return [name, madeOf, ...(beside === undefined ? [] : factsOf(beside))]
}
