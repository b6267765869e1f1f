import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { tellsAllocatedBytes } from '../measure/measuring-node.ts'
import type { Measurement } from '../measure/result.ts'
import type { Entry } from '../session/entry.ts'
import { newRunRecord, type RunRecord } from './run-record.ts'
import { summaryLines } from './summary-lines.ts'
import { resultTables } from './table.ts'
import { writeRecord } from './write-record.ts'

/** Where text goes: a stream, or less. */
export interface TextSink {
  write(text: string): unknown
}

/** The record of a run as it grows, written to its files as often as it is saved. */
export class RunLog {
  readonly #files: readonly string[]
  readonly #sources: (() => readonly Entry[])[] = []
  #record: RunRecord

  /**
   * Begins the record. Saving it at once tells what cannot be written before anything is measured.
   *
   * @param files Every file that gets the record.
   */
  constructor(files: readonly string[], seed: number) {
    this.#files = files
    this.#record = newRunRecord(seed)
  }

  /** The record as it is now. */
  get record(): RunRecord {
    return { ...this.#record, entries: this.entries }
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

  /** Writes the record to each of its files that can be written. @throws {UsageError} with the first that cannot. */
  save(): void {
    const { record } = this
    const problems = this.#files.flatMap((file) => problemOf(file, () => writeRecord(file, record)) ?? [])
    if (problems[0] !== undefined) throw problems[0]
  }

  /** Ends the record. `partial` when the run was interrupted. @throws As {@link save}. */
  close(state: 'complete' | 'partial', exitCode: number): void {
    this.#record = { ...this.#record, state, endedAt: new Date().toISOString(), exitCode }
    this.save()
  }

  /** Tables, summary, and where the record is. */
  print(out: TextSink): void {
    if (this.entries.length > 0) {
      out.write(`\n${resultTables(this.entries)}\n\n${summaryLines(this.entries).join('\n')}\n`)
      const { node } = this.#record.machine
      if (!tellsAllocatedBytes(node)) {
        out.write(`allocated bytes: not measured, because Node ${node} cannot tell them; 26 and newer can\n`)
      }
    }
    const files = this.#files.map((file) => path.relative(process.cwd(), file))
    out.write(`seed ${this.#record.seed}, results in ${files.join(' and ')}\n`)
  }
}

function problemOf(file: string, write: () => void): UsageError | undefined {
  try {
    write()
  } catch (cause) {
    return new UsageError(`the record cannot be written to ${file}: ${(cause as Error).message}`, { cause })
  }
}

/** One line about a measurement that has just been made. */
export function measuredLine({ client, scenario, durationMs, ...measurement }: Measurement): string {
  const state = measurement.state === 'invalid' ? `is invalid: ${measurement.reason}` : 'is measured'
  return `${client} ${scenario} ${state} (${(durationMs / 1e3).toFixed(1)} s)`
}
