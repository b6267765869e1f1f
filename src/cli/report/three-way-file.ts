import { existsSync, readFileSync } from 'node:fs'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { type ThreeWayRecord, threeWayFault } from '../../helpers/reports/three-way/record.ts'

/**
 * The three-way comparison that was made last; undefined where none was.
 *
 * @throws {UsageError} when the file is no record of one.
 */
export function readThreeWay(file: string): ThreeWayRecord | undefined {
  if (!existsSync(file)) return undefined
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
  const fault = threeWayFault(content)
  if (fault !== undefined) throw new UsageError(`${file} is no three-way comparison: ${fault}`)
  return content as ThreeWayRecord
}
