import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { RunRecord } from '../../helpers/reports/run-record.ts'

/** Where records of whole runs are kept, in the folder of reports: what the replay draws from. */
const folderName = 'runs'

/**
 * Keeps a copy of the record of a run, named by its beginning.
 *
 * @param reports Folder of the project's reports.
 * @param file The record.
 * @returns The copy.
 */
export function keepRun(reports: string, file: string): string {
  const folder = path.join(reports, folderName)
  const { startedAt } = readRecord(file)
  mkdirSync(folder, { recursive: true })
  const kept = path.join(folder, `${startedAt.replaceAll(':', '-')}.json`)
  copyFileSync(file, kept)
  return kept
}

/** Every kept record, the oldest first. @throws {UsageError} for one that cannot be read. */
export function keptRuns(reports: string): readonly RunRecord[] {
  const folder = path.join(reports, folderName)
  if (!existsSync(folder)) return []
  return globSync('*.json', { cwd: folder })
    .sort()
    .map((file) => readRecord(path.join(folder, file)))
}

/** The record of a run. @throws {UsageError} when it is none. */
export function readRecord(file: string): RunRecord {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as Partial<RunRecord>
    if (typeof record.startedAt === 'string' && Array.isArray(record.entries)) return record as RunRecord
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
  throw new UsageError(`${file} is no record of a run`)
}
