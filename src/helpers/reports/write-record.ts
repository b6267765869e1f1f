import { writeWhole } from './write-whole.ts'

/**
 * Writes a record, such as that of a run, as one line of JSON: whole and atomically, so that a reader or a killed run
 * never leaves half a file. Called after every measurement: what was measured is kept whatever happens next.
 *
 * @param record Anything that JSON can hold.
 */
export function writeRecord(file: string, record: object): void {
  writeWhole(file, `${JSON.stringify(record)}\n`)
}
