import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Measurement } from '../measure/result.ts'
import type { Entry } from '../session/entry.ts'
import { newRunRecord, type RunRecord } from './run-record.ts'
import { summaryLines } from './summary-lines.ts'
import { resultTables } from './table.ts'
import { writeRecord } from './write-record.ts'

/** The record of a run as it grows, written to its files as often as it is saved. */
export class RunLog {
  readonly #files: readonly string[]
  readonly #sources: (() => readonly Entry[])[] = []
  #record: RunRecord

  /**
   * Begins the record: what cannot be written is known before anything is measured.
   *
   * @param files Every file that gets the record.
   * @throws {UsageError} with the file that cannot be written.
   */
  constructor(files: readonly string[], seed: number) {
    this.#files = files
    this.#record = newRunRecord(seed)
    for (const file of files) begin(file, this.#record)
  }

  get isOpen(): boolean {
    return this.#record.state === 'running'
  }

  get entries(): readonly Entry[] {
    return this.#sources.flatMap((entries) => entries())
  }

  get verdicts(): readonly Verdict[] {
    return this.entries.flatMap(({ verdicts }) => verdicts)
  }

  /** Holds these entries, as they are whenever it is saved. */
  follow(entries: () => readonly Entry[]): void {
    this.#sources.push(entries)
  }

  save(): void {
    const record = { ...this.#record, entries: this.entries }
    for (const file of this.#files) writeRecord(file, record)
  }

  /** Ends the record. `partial` when the run was interrupted. */
  close(state: 'complete' | 'partial', exitCode: number): void {
    this.#record = { ...this.#record, state, endedAt: new Date().toISOString(), exitCode }
    this.save()
  }

  /** Tables, summary, and where the record is. */
  print(out: NodeJS.WritableStream): void {
    if (this.entries.length > 0) {
      out.write(`\n${resultTables(this.entries)}\n\n${summaryLines(this.entries).join('\n')}\n`)
    }
    const files = this.#files.map((file) => path.relative(process.cwd(), file))
    out.write(`seed ${this.#record.seed}, results in ${files.join(' and ')}\n`)
  }
}

function begin(file: string, record: RunRecord): void {
  // `path.dirname` overlooks a separator at the end, and folders would be made for a file without a name.
  if (/[/\\]$/.test(file)) throw new UsageError(`the record cannot be written to ${file}: it is a folder`)
  try {
    writeRecord(file, record)
  } catch (cause) {
    throw new UsageError(`the record cannot be written to ${file}: ${(cause as Error).message}`, { cause })
  }
}

/** One line about a measurement that has just been made. */
export function measuredLine({ client, scenario, durationMs, ...measurement }: Measurement): string {
  const state = measurement.state === 'invalid' ? `is invalid: ${measurement.reason}` : 'is measured'
  return `${client} ${scenario} ${state} (${(durationMs / 1e3).toFixed(1)} s)`
}
