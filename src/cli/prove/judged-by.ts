import { createHash } from 'node:crypto'

/**
 * A short digest of what trials are decided by, so that those decided by other budgets are told apart. Maps count as
 * their entries.
 */
export function digestOf(...facts: readonly unknown[]): string {
  const text = JSON.stringify(facts, (_key, value: unknown) => (value instanceof Map ? [...value] : value))
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
