import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { epochMs } from '../measure/epoch.ts'
import type { RunContext } from '../runner/run-context.ts'
import type { RunOptions } from '../runner/run-options.ts'
import type { Entry } from '../session/entry.ts'
import { writeWhole } from './write-whole.ts'

/** What a test leaves for the reporter of its run. */
export interface TestReport {
  readonly entries: readonly Entry[]
  /** Codes of the errors of ours that it threw, such as `WIREGAUGE_USAGE`. */
  readonly codes: readonly string[]
}

/**
 * The folder by which the reporter of a run and its tests know of each other. Jest's tests run in realms of their own and in
 * workers, those of node:test in processes; a folder is what all of them can reach. Disposal removes it.
 */
export class RunFolder implements Disposable {
  readonly path = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-run-'))
  readonly context: RunContext
  readonly #known = new Set<string>()

  /** @param root Of the project. */
  constructor(root: string, options: RunOptions) {
    this.context = { ...options, root, startFile: path.join(this.path, 'started') }
    writeWhole(contextFile(this.path), JSON.stringify(this.context))
  }

  /** Reports that were left since the last call. */
  takeReports(): readonly TestReport[] {
    const names = readdirSync(this.path).filter((name) => name.endsWith(reportEnding) && !this.#known.has(name))
    return names.sort().map((name) => {
      this.#known.add(name)
      return JSON.parse(readFileSync(path.join(this.path, name), 'utf8')) as TestReport
    })
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

const reportEnding = '.report.json'

function contextFile(folder: string): string {
  return path.join(folder, 'run.json')
}

/** What the run of a {@link RunFolder} was asked for. */
export function readRunContext(folder: string): RunContext {
  return JSON.parse(readFileSync(contextFile(folder), 'utf8')) as RunContext
}

/** Leaves a report in a {@link RunFolder}; names sort by time. */
export function leaveReport(folder: string, report: TestReport): void {
  writeWhole(path.join(folder, `${epochMs()}-${randomUUID()}${reportEnding}`), JSON.stringify(report))
}
