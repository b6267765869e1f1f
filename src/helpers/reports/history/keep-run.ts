import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { RunRecord } from '../run-record.ts'
import { writeWhole } from '../write-whole.ts'

/** So many runs of the gate take some 150 MB. */
export const defaultKeep = 500

/** How many runs may be kept, for messages. */
export const keepRange = 'a whole number above 0'

/** How many runs are to be kept, as somebody typed it; undefined when it is no such number. */
export function keepIn(text: string): number | undefined {
  const runs = /^\d+$/.test(text) ? Number(text) : 0
  return runs > 0 ? runs : undefined
}

/** Names of kept runs: their beginning, so that they sort by it, and their content. */
const keptName = /^\d{4}-\d{2}-\d{2}T[\d.-]+Z-[0-9a-f]{12}\.json$/

/** Where the runs of a project are kept. @param reports Folder of its reports. */
export function historyFolder(reports: string): string {
  return path.join(reports, 'history')
}

/** What keeping needs. */
interface Keeping {
  /** Folder of the project's reports. */
  readonly reports: string
  /** The most runs that stay; the oldest go. */
  readonly keep: number
  /** Told when it cannot be kept, which ends nothing: the run has its record in its own file. */
  readonly say: (message: string) => void
}

/**
 * Keeps a run that measured something in the history of its project: one file a run, named by beginning and content, so
 * that runs of other machines are added by copying files, and the same run twice is one file.
 */
export function keepRun(record: RunRecord, { reports, keep, say }: Keeping): void {
  if (record.entries.length === 0) return
  const folder = historyFolder(reports)
  const text = `${JSON.stringify(record)}\n`
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12)
  const name = `${record.startedAt.replaceAll(':', '-')}-${digest}.json`
  try {
    writeWhole(path.join(folder, name), text)
    for (const oldest of keptIn(folder).slice(0, -keep)) rmSync(path.join(folder, oldest), { force: true })
  } catch (error) {
    say(`${folder} cannot keep this run: ${(error as Error).message}; the history goes without it`)
  }
}

/** Kept runs, the oldest first. What else lies there is nobody's to remove. */
function keptIn(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => keptName.test(name))
        .sort()
    : []
}
