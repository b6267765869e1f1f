import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { writeWhole } from '../reports/write-whole.ts'

/**
 * Which run a test file belongs to. Jest runs several projects at once, each with a root and budgets of its own, and a file knows
 * its path and nothing of its project: so its reporter, which does, leaves a note for it before the file begins.
 */

/** Names the folder of the notes to everything that the reporter's process starts. */
export const notesVariable = 'WIREGAUGE_JEST_RUNS'

/** Leaves the note. @param folder Of the notes, which {@link notesVariable} names. @param run Folder of the file's run. */
export function noteRun(folder: string, file: string, run: string): void {
  writeWhole(noteOf(folder, file), run)
}

/** The folder of the run of a test file; undefined without our reporter. */
export function runOfFile(file: string): string | undefined {
  const folder = process.env[notesVariable]
  const note = folder === undefined ? undefined : noteOf(folder, file)
  return note !== undefined && existsSync(note) ? readFileSync(note, 'utf8') : undefined
}

function noteOf(folder: string, file: string): string {
  return path.join(folder, createHash('sha256').update(file).digest('hex'))
}
