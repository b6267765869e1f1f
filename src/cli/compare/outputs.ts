import path from 'node:path'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { ComparisonReport } from '../../helpers/reports/comparison.ts'
import { comparisonMarkdown } from '../../helpers/reports/comparison-markdown.ts'
import { comparisonText } from '../../helpers/reports/comparison-text.ts'
import { commentMarker } from '../../helpers/reports/github-comment.ts'
import { tellGitHub } from '../../helpers/reports/github-job.ts'
import { budgetLocator, budgetSources } from '../../helpers/reports/github-locator.ts'
import { comparisonJunit } from '../../helpers/reports/junit.ts'
import { writeRecord } from '../../helpers/reports/write-record.ts'
import { requireWritable, writeWhole } from '../../helpers/reports/write-whole.ts'
import type { Project } from '../../helpers/trees/project.ts'

/** Where a comparison is written, beside standard output and `reports/comparison.json`. */
export interface OutputFiles {
  readonly json?: string
  readonly junit?: string
  readonly markdown?: string
}

/**
 * Makes sure before anything is measured that all can be written.
 *
 * @throws {UsageError} with the file that cannot.
 */
export function requireOutputs(files: OutputFiles, project: Project): void {
  for (const file of [keptFile(project), files.json, files.junit, files.markdown]) {
    if (file !== undefined) writing(file, () => requireWritable(file))
  }
}

/** Writes the files. Called as results come, so that what was measured is kept. @throws {UsageError} with one that cannot be. */
export function writeOutputs(report: ComparisonReport, files: OutputFiles, project: Project): void {
  const { json, junit, markdown } = files
  for (const file of [keptFile(project), ...(json === undefined ? [] : [json])]) {
    writing(file, () => writeRecord(file, report))
  }
  if (junit !== undefined) writing(junit, () => writeWhole(junit, comparisonJunit(report)))
  if (markdown !== undefined)
    writing(markdown, () => writeWhole(markdown, `${commentMarker()}\n${comparisonMarkdown(report)}`))
}

/** Prints the report, and in a job of GitHub tells that. */
export function printOutputs(
  report: ComparisonReport,
  project: Project,
  { out, say }: { readonly out: { write(text: string): unknown }; readonly say: (text: string) => void },
): void {
  out.write(`${comparisonText(report)}\n`)
  // Those of wiregauge itself are no files of the pull request.
  const isOwn = project.specs.startsWith(project.root + path.sep)
  const { env: environment } = process
  const locate = isOwn
    ? budgetLocator(budgetSources(project, environment['GITHUB_WORKSPACE'] || undefined))
    : () => undefined
  tellGitHub(report, { environment, out, locate, say })
}

function keptFile({ reports }: Project): string {
  return path.join(reports, 'comparison.json')
}

function writing(file: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    throw new UsageError(`the comparison cannot be written to ${file}: ${(cause as Error).message}`, { cause })
  }
}
