import { appendFileSync } from 'node:fs'
import type { Verdict } from '../budgets/verdict.ts'
import type { ComparisonReport } from './comparison.ts'
import { comparisonMarkdown } from './comparison-markdown.ts'
import { annotations } from './github-annotations.ts'
import type { Place } from './github-command.ts'
import { type Environment, runOf } from './github-pull-request.ts'

/** GitHub takes summaries of at most 1 MiB (1,048,576 bytes) a step; the rest is for what other commands of it write. */
const longestSummary = 900_000

/**
 * In a job of GitHub, shows a comparison as annotations on standard output and adds it to the summary of the job.
 * Elsewhere does nothing.
 *
 * @param options.locate Where a budget is stated.
 * @param options.say Takes a warning where the summary cannot be written, which fails nothing.
 */
export function tellGitHub(
  report: ComparisonReport,
  options: {
    readonly environment: Environment
    readonly out: { write(text: string): unknown }
    readonly locate: (verdict: Verdict) => Place | undefined
    readonly say: (text: string) => void
  },
): void {
  const { environment, out, locate, say } = options
  if (environment['GITHUB_ACTIONS'] !== 'true') return
  for (const line of annotations(report, locate)) out.write(`${line}\n`)
  const file = environment['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return
  try {
    appendFileSync(file, comparisonMarkdown(report, { limit: longestSummary, commit: runOf(environment).commit }))
  } catch (error) {
    say(`the summary of the job could not be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}
