import type { MeasuredRun } from './github-pull-request.ts'
import { markdownText } from './markdown-text.ts'

/** The comment where a run has left no result: what an earlier commit came to is no longer to be read as current. */
export function brokenOffMarkdown({ commit, address }: MeasuredRun): string {
  const what = commit === undefined ? 'the commit' : markdownText(commit)
  // Put together by us from the names that GitHub gives, so that it is a link.
  const job = address === undefined || /[\s()<>]/.test(address) ? 'the job' : `[the job](${address})`
  return `### wiregauge: no result\n\nMeasuring ${what} broke off: see ${job}.\n`
}
