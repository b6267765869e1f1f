import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { writeWhole } from './write-whole.ts'

/** Names the folder of the notes to everything that the reporter's process starts. */
export const notesVariable = 'WIREGAUGE_JEST_RUNS'

/**
 * Notes of which run each test file belongs to. Jest runs several projects at once, each with a root and budgets of its own, and
 * a file knows its path and nothing of its project: so its reporter, which does, leaves a note for it before the file begins.
 * Disposal removes them.
 */
export class RunNotes implements Disposable {
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-jest-'))

  /** Begins them, for what this process starts from now on. */
  constructor() {
    process.env[notesVariable] = this.#folder
  }

  /** Leaves a note. @param run Folder of the file's run. */
  leave(file: string, run: string): void {
    writeWhole(noteOf(this.#folder, file), run)
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
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
