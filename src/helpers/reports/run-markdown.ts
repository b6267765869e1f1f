import type { Verdict } from '../budgets/verdict.ts'
import type { Entry } from '../session/entry.ts'
import { intervalInUnit, inUnit } from './figures.ts'
import type { LeftOut } from './history/read-runs.ts'
import { verdictsWorstFirst, worstOf } from './history/run-digest.ts'
import type { MachineResult } from './machine-result.ts'
import { fittedSections, markdownBlock, markdownTable, markdownText, shownOf } from './markdown-text.ts'
import { plainText, withPlainTexts } from './plain-text.ts'
import { summaryLines } from './summary-lines.ts'
import { resultTables } from './table.ts'

/** GitHub takes summaries of at most 1 MiB; a page beside it has everything. */
const longestSummary = 200_000

/** A result as the summary of a job: for each machine what did not pass first, then the tables. */
export function runMarkdown(untrusted: readonly Omit<MachineResult, 'runs'>[], leftOut: readonly LeftOut[]): string {
  const results = withPlainTexts(untrusted)
  const counts = ({ entries }: (typeof results)[number]): string => markdownText(summaryLines(entries)[0] ?? '')
  const [only] = results
  return fittedSections(
    [
      `### wiregauge${only === undefined || results.length > 1 ? '' : `: ${counts(only)}`}`,
      ...results.flatMap((result) => [
        ...(results.length > 1 ? [`#### ${markdownText(result.machine)}: ${counts(result)}`] : []),
        notPassed(result.entries),
        markdownBlock(resultTables(result.entries)),
      ]),
      shownOf(
        leftOut.map(
          ({ file, reason }) => `- left out: ${markdownText(plainText(file))} ${markdownText(plainText(reason))}`,
        ),
        20_000,
      ).join('\n'),
    ],
    longestSummary,
  )
}

function notPassed(entries: readonly Entry[]): string {
  const rows = entries
    .flatMap((entry) => {
      const { measurement, verdicts } = entry
      const name = markdownText(`${measurement.client} ${measurement.scenario}`)
      if (measurement.state === 'invalid') {
        return [{ kind: worstOf(entry), cells: [name, '–', '–', '–', markdownText(measurement.reason)] }]
      }
      return verdicts.map((verdict) => ({
        kind: worstOf({ measurement, verdicts: [verdict] }),
        cells: [name, ...cellsOf(verdict)],
      }))
    })
    .filter(({ kind }) => kind !== 'pass')
    .toSorted((one, other) => verdictsWorstFirst.indexOf(one.kind) - verdictsWorstFirst.indexOf(other.kind))
    .map(({ kind, cells }) => [`**${kind}**`, ...cells])
  if (rows.length === 0) return ''
  return markdownTable(['verdict', 'of', 'budget', 'measured', 'tolerates', 'why'], shownOf(rows, 100_000))
}

function cellsOf({ budget, measured, unit, tolerates, reason }: Verdict): readonly string[] {
  return [
    markdownText(budget),
    measured === undefined || unit === undefined ? '–' : markdownText(intervalInUnit(measured, unit)),
    tolerates === undefined || unit === undefined ? '–' : markdownText(inUnit(tolerates, unit)),
    markdownText(reason),
  ]
}
