import type { Verdict } from '../budgets/verdict.ts'
import type { Entry } from '../session/entry.ts'
import { intervalInUnit, inUnit, none } from './figures.ts'
import type { LeftOut } from './history/read-runs.ts'
import type { Lacks } from './lacks.ts'
import type { MachineResult } from './machine-result.ts'
import { fittedSections, markdownBlock, markdownTable, markdownText, shownOf } from './markdown-text.ts'
import { notPassed } from './not-passed.ts'
import { withPlainTexts } from './plain-text.ts'
import { countsLine } from './summary-lines.ts'
import { resultTables } from './table.ts'

/** GitHub takes summaries of at most 1 MiB; a page beside it has everything. */
const longestSummary = 200_000

/** What a summary shows. */
export interface MarkdownContent {
  readonly results: readonly Omit<MachineResult, 'runs'>[]
  readonly leftOut: readonly LeftOut[]
  readonly lacks: Lacks
}

/** A result as the summary of a job: what it lacks first, for each machine what did not pass, then the tables. */
export function runMarkdown(untrusted: MarkdownContent): string {
  const { results, leftOut, lacks } = withPlainTexts(untrusted)
  const counts = ({ entries }: (typeof results)[number]): string => markdownText(countsLine(entries))
  const [only] = results
  const lacking = [...lacks.missing, ...lacks.cut].map((sentence) => `- **not whole**: ${markdownText(sentence)}`)
  const title = `wiregauge${lacking.length === 0 ? '' : ', not whole'}`
  return fittedSections(
    [
      `### ${title}${only === undefined || results.length > 1 ? '' : `: ${counts(only)}`}`,
      shownOf(lacking, 40_000).join('\n'),
      ...results.flatMap((result) => [
        ...(results.length > 1 ? [`#### ${markdownText(result.machine)}: ${counts(result)}`] : []),
        tableOfNotPassed(result.entries),
        markdownBlock(resultTables(result.entries)),
      ]),
      shownOf(
        leftOut.map(({ file, reason }) => `- left out: ${markdownText(file)} ${markdownText(reason)}`),
        20_000,
      ).join('\n'),
    ],
    longestSummary,
  )
}

function tableOfNotPassed(entries: readonly Entry[]): string {
  const rows = notPassed(entries).map(({ entry: { measurement }, kind, reason, verdict }) => [
    `**${kind}**`,
    markdownText(`${measurement.client} ${measurement.scenario}`),
    ...(verdict === undefined ? [none, none, none] : cellsOf(verdict)),
    markdownText(reason),
  ])
  if (rows.length === 0) return ''
  return markdownTable(['verdict', 'of', 'budget', 'measured', 'tolerates', 'why'], shownOf(rows, 100_000))
}

function cellsOf({ budget, measured, unit, tolerates }: Verdict): readonly string[] {
  return [
    markdownText(budget),
    measured === undefined || unit === undefined ? none : markdownText(intervalInUnit(measured, unit)),
    tolerates === undefined || unit === undefined ? none : markdownText(inUnit(tolerates, unit)),
  ]
}
