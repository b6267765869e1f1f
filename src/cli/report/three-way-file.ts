import { existsSync } from 'node:fs'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { type ThreeWayRecord, threeWayFault } from '../../helpers/reports/three-way/record.ts'
import { readJson } from '../read-json.ts'

/**
 * The three-way comparison that was made last; undefined where none was.
 *
 * @throws {UsageError} when the file is no record of one.
 */
export function readThreeWay(file: string): ThreeWayRecord | undefined {
  if (!existsSync(file)) return undefined
  const content = readJson(file)
  const fault = threeWayFault(content)
  if (fault !== undefined) throw new UsageError(`${file} is no three-way comparison: ${fault}`)
  return content as ThreeWayRecord
}
