import { readFileSync } from 'node:fs'
import { UsageError } from '../helpers/budgets/usage-error.ts'

/**
 * What stands in a JSON file of the reports.
 *
 * @param remedy Said where it cannot be read. Default: nothing.
 * @throws {UsageError} when it cannot be read, or is no JSON.
 */
export function readJson(file: string, remedy?: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const advice = remedy === undefined ? '' : `; ${remedy}`
    throw new UsageError(`${file} cannot be read: ${(cause as Error).message}${advice}`, { cause })
  }
}
