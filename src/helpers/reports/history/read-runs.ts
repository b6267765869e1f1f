import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../budgets/usage-error.ts'
import { isRunRecord } from '../record-form.ts'
import { type RunRecord, runRecordVersion } from '../run-record.ts'
import { withoutBatchTimes } from './batch-times.ts'

/** A file that was not used, and why. */
export interface LeftOut {
  readonly file: string
  readonly reason: string
  /** True where nothing is lost by it: another file holds the same run. */
  readonly isCopy?: boolean
}

/** What a set of files holds. */
export interface ReadRuns<Run> {
  /** By their beginning, the oldest first. */
  readonly runs: readonly Run[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * The files that patterns name: a file itself, the JSON files below a folder, or what a glob matches.
 *
 * @param root What the patterns are relative to.
 * @throws {UsageError} for a pattern that names none.
 */
export function filesOf(patterns: readonly string[], root: string): readonly string[] {
  const files = patterns.flatMap((pattern) => {
    const place = path.resolve(root, pattern)
    const found = existsSync(place)
      ? filesAt(place)
      : globSync(pattern, { cwd: root }).flatMap((one) => filesAt(path.resolve(root, one)))
    if (found.length === 0)
      throw new UsageError(`${pattern} names no file; expected result files such as reports/history/**`)
    return found
  })
  return [...new Set(files)]
}

function filesAt(place: string): readonly string[] {
  if (!statSync(place).isDirectory()) return [place]
  return globSync('**/*.json', { cwd: place }).map((file) => path.join(place, file))
}

/**
 * Reads runs one after the other and keeps of each what the reader makes of it, so that many fit into memory. A file that
 * cannot be used is told, and the others are.
 *
 * @param files Result files, in any order.
 * @param digest What is kept of a run.
 * @param options.batchTimes Whether it needs raw batch times, which are empty otherwise. Default: it does not.
 */
export function readRuns<Run>(
  files: readonly string[],
  digest: (record: RunRecord, file: string) => Run,
  { batchTimes = false }: { readonly batchTimes?: boolean } = {},
): ReadRuns<Run> {
  const leftOut: LeftOut[] = []
  const read: { startedAt: string; run: Run }[] = []
  const seen = new Map<string, string>()
  for (const file of files) {
    const record = recordIn(file, batchTimes)
    if (typeof record === 'string') {
      leftOut.push({ file, reason: record })
      continue
    }
    const same = seen.get(identityOf(record))
    if (same !== undefined) {
      leftOut.push({ file, reason: `is the same run as ${path.basename(same)}`, isCopy: true })
      continue
    }
    try {
      read.push({ startedAt: record.startedAt, run: digest(record, file) })
      seen.set(identityOf(record), file)
    } catch (error) {
      // What was edited or written by something else may break anywhere; the other runs are none the worse for it.
      leftOut.push({ file, reason: `is a record that cannot be used: ${(error as Error).message}` })
    }
  }
  const runs = read.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt)).map(({ run }) => run)
  return { runs, leftOut }
}

/** Shards may begin at the same moment, with the same seed and, in containers, with the same number. */
function identityOf({ startedAt, seed, pid = 0, entries: [first] }: RunRecord): string {
  const { client = '', scenario = '' } = first?.measurement ?? {}
  return JSON.stringify([startedAt, seed, pid, client, scenario])
}

/** The record, or why it is none. */
function recordIn(file: string, batchTimes: boolean): RunRecord | string {
  let content: unknown
  try {
    const text = readFileSync(file, 'utf8')
    content = JSON.parse(batchTimes ? text : withoutBatchTimes(text))
  } catch (error) {
    return `cannot be read: ${(error as Error).message}`
  }
  if (!isRunRecord(content) || Number.isNaN(Date.parse(content.startedAt))) return 'is no record of a run'
  const { schemaVersion } = content
  if (schemaVersion === runRecordVersion) return content
  return `has schema version ${schemaVersion}, and this wiregauge reads ${runRecordVersion}`
}
