import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { sync as writeFileAtomicSync } from 'write-file-atomic'
import type { RunRecord } from './run-record.ts'

/**
 * Writes a run's record whole, atomically, so that a reader or a killed run never leaves half a file. Called after every
 * measurement: what was measured is kept whatever happens next.
 */
export function writeRecord(file: string, record: RunRecord): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileAtomicSync(file, `${JSON.stringify(record)}\n`)
}
