import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { exitCodeOf, exitCodeOfParts, exitCodes } from '../../helpers/budgets/exit-code.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { historyFolder } from '../../helpers/reports/history/keep-run.ts'
import { entriesOf, type Merged, merged } from '../../helpers/reports/history/merged.ts'
import { filesOf, readRuns } from '../../helpers/reports/history/read-runs.ts'
import { type RunDigest, runDigest } from '../../helpers/reports/history/run-digest.ts'
import { page } from '../../helpers/reports/html/page.ts'
import type { MachineResult } from '../../helpers/reports/machine-result.ts'
import { plainText } from '../../helpers/reports/plain-text.ts'
import { runMarkdown } from '../../helpers/reports/run-markdown.ts'
import type { RunRecord } from '../../helpers/reports/run-record.ts'
import { summaryLines } from '../../helpers/reports/summary-lines.ts'
import { resultTables } from '../../helpers/reports/table.ts'
import { writeWhole } from '../../helpers/reports/write-whole.ts'
import type { Entry } from '../../helpers/session/entry.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import type { Surroundings } from '../run.ts'
import { asides } from './asides.ts'
import { cutRuns } from './cut-runs.ts'
import { missingInShards } from './missing-in-shards.ts'
import { openInBrowser } from './open-in-browser.ts'

export interface ReportOptions {
  /** Default: `reports/latest.html`. */
  readonly html?: string
  readonly markdown?: string
  readonly open?: boolean
  readonly strict?: boolean
  /** Whether the files are all shards of one gate: what none of them measured is an error, and how each ended counts. */
  readonly shards?: boolean
  /** Whether that gate was also to measure what is wide. */
  readonly all?: boolean
}

/**
 * `wiregauge report`: merges result files, of shards, machines and days, prints what they come to, and writes it as a page
 * and as Markdown.
 *
 * @param patterns Files, folders and globs. Default: the history of the project.
 * @returns The exit code that a run with these results would have.
 * @throws {UsageError} where no file holds a run, and for a page that cannot be written.
 */
export async function report(
  patterns: readonly string[],
  { html, markdown, open = false, strict = false, shards = false, all = false }: ReportOptions,
  { root, out, progress }: Pick<Surroundings, 'root' | 'out' | 'progress'>,
): Promise<number> {
  const { reports } = projectAt(root)
  const asked = patterns.length === 0 ? defaultPatterns(reports) : patterns
  const read = readRuns(filesOf(asked, root), runDigest)
  const { runs } = read
  // The last run is in the history as well, and nobody asked for either.
  const told = patterns.length === 0 ? read.leftOut.filter(({ isCopy = false }) => !isCopy) : read.leftOut
  const leftOut = told.map(({ file, reason }) => ({ file: path.relative(root, file), reason }))
  if (runs.length === 0) {
    const why = leftOut.map(({ file, reason }) => `\n  ${plainText(file)} ${plainText(reason)}`)
    throw new UsageError(`no file holds the record of a run${why.join('')}`)
  }
  const results = merged(runs).map(resultOf)
  const machines = results.map(({ machine }) => machine)
  const entries = results.flatMap((result) => result.entries)
  const missing = shards ? await missingInShards(entries, { root, all, say: progress.line }) : []
  const ofResults = exitCodeOfResults(entries, strict)
  const exitCode = exitCodeOfParts([
    ofResults,
    ...(shards ? runs.map(exitCodeOfRun) : []),
    ...(missing.length > 0 ? [exitCodes.usage] : []),
  ])

  const lacks = {
    missing: missing.map(({ message }) => message),
    cut: results.flatMap((result) => cutRuns({ runs: result.runs, shards, exitCode: ofResults })),
  }
  const pageFile = path.resolve(root, html ?? path.join(reports, 'latest.html'))
  const files = [pageFile, ...(markdown === undefined ? [] : [path.resolve(root, markdown)])]
  const beside = asides({ reports, machines, say: progress.line })
  written(pageFile, page({ results, leftOut, lacks, exitCode, ...beside }))
  if (markdown !== undefined) written(path.resolve(root, markdown), runMarkdown({ results, leftOut, lacks }))
  for (const { machine, entries: own } of results) {
    if (results.length > 1) out.write(`${plainText(machine)}\n\n`)
    out.write(`${resultTables(own)}\n\n${summaryLines(own).join('\n')}\n\n`)
  }
  for (const { file, reason } of leftOut) progress.line(`left out: ${plainText(file)} ${plainText(reason)}`)
  for (const sentence of [...lacks.missing, ...lacks.cut]) progress.line(plainText(sentence))
  const count = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`
  out.write(`${count}, results in ${files.map((file) => path.relative(root, file)).join(' and ')}\n`)
  if (open) openInBrowser(pageFile, progress.line)
  return exitCode
}

/** The history, and the last run, which is in it unless it goes on or was killed. */
function defaultPatterns(reports: string): readonly string[] {
  const places = [historyFolder(reports), path.join(reports, 'latest.json')].filter((place) => existsSync(place))
  if (places.length > 0) return places
  throw new UsageError(`${reports} has no results yet; run the gate first (npm run perf), or name result files`)
}

function resultOf({ machine, runs, shares }: Merged): MachineResult {
  const entries = shares.flatMap((share) => entriesOf(recordOf(share.run), share))
  const byStart = entries.toSorted((one, other) => one.measurement.startedAt.localeCompare(other.measurement.startedAt))
  return { machine, runs, entries: byStart }
}

/** Read again, because only digests stay in memory: of a thousand runs a few have the newest results. */
function recordOf({ file }: RunDigest): RunRecord {
  return JSON.parse(readFileSync(file, 'utf8')) as RunRecord
}

function exitCodeOfResults(entries: readonly Entry[], strict: boolean): number {
  return exitCodeOf({
    verdicts: entries.flatMap(({ verdicts }) => verdicts),
    usage: false,
    otherFailure: false,
    invalidMeasurements: entries.some(({ measurement }) => measurement.state === 'invalid'),
    interrupted: false,
    capReached: false,
    strict,
  })
}

/** A run that was killed has left no exit code. */
function exitCodeOfRun({ exitCode = exitCodes.interrupted }: RunDigest): number {
  return exitCode
}

function written(file: string, text: string): void {
  try {
    writeWhole(file, text)
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${(cause as Error).message}`, { cause })
  }
}
