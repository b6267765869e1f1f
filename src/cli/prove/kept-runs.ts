import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { isRunRecord, recordFault } from '../../helpers/reports/record-form.ts'
import type { RunRecord } from '../../helpers/reports/run-record.ts'
import { writeWhole } from '../../helpers/reports/write-whole.ts'
import { readJson } from '../read-json.ts'

/** Where records of whole runs are kept: what the replay draws from. @param reports Folder of the project's reports. */
export function keptRunsFolder(reports: string): string {
  return path.join(reports, 'runs')
}

const remedy = 'if it is damaged, move it away'

/**
 * Keeps a copy of the record of a run, named by its beginning.
 *
 * @param reports Folder of the project's reports.
 * @param file The record.
 * @returns The copy.
 */
export function keepRun(reports: string, file: string): string {
  const { startedAt } = readRecord(file)
  const kept = path.join(keptRunsFolder(reports), `${startedAt.replaceAll(':', '-')}.json`)
  writeWhole(kept, readFileSync(file, 'utf8'))
  return kept
}

/** Every kept record, the oldest first. @throws {UsageError} for one that cannot be read. */
export function keptRuns(reports: string): readonly RunRecord[] {
  const folder = keptRunsFolder(reports)
  if (!existsSync(folder)) return []
  return globSync('*.json', { cwd: folder })
    .sort()
    .map((file) => readRecord(path.join(folder, file)))
}

/** The record of a run. @throws {UsageError} when it is none. */
export function readRecord(file: string): RunRecord {
  const content = readJson(file, remedy)
  if (isRunRecord(content)) return content
  throw new UsageError(`${file} is no record of a run: ${recordFault()}; ${remedy}`)
}
