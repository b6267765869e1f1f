import type { ClientComparison, ComparisonReport } from './comparison.ts'
import { explanationNotes, explanationTables } from './comparison-explanation.ts'
import { stateOf, worstFirst } from './comparison-state.ts'
import { openVerdictsText } from './comparison-verdicts.ts'
import {
  changeText,
  durationText,
  groundsText,
  headlineText,
  noiseText,
  nothingText,
  notMeasuredTexts,
  reproduceCommand,
  sideText,
  totalDurationMs,
  turnsTexts,
} from './comparison-words.ts'
import { plainTable } from './plain-table.ts'
import { withPlainTexts } from './plain-text.ts'

const columns = ['client', 'scenario', 'base', 'head', 'throughput', 'verdict']

/** A comparison for the terminal: one table, worst first, and below it what the figures rest on. */
export function comparisonText(untrusted: ComparisonReport): string {
  const report = withPlainTexts(untrusted)
  const missing = notMeasuredTexts(report, same).map((line) => `not measured: ${line}`)
  const removed = report.removed === undefined ? [] : [`only in base, not measured: ${report.removed.join(', ')}`]
  if (report.compared.length === 0) {
    const said = missing.length > 0 ? missing : [nothingText(report, same)]
    const headline = report.exitCode === 0 ? [] : [headlineText(report)]
    return [...said, ...removed, `noise: ${noiseText(report)}`, ...headline].join('\n')
  }
  const compared = worstFirst(report)
  const turns = turnsTexts(report, same)
  return [
    plainTable(columns, compared.map(rowOf), ['scenario', 'base', 'head', 'verdict']),
    ...compared.flatMap(detailsOf),
    ['why measured:', ...compared.map(becauseOf)].join('\n'),
    ...(turns.length === 0
      ? []
      : [['measured in processes taking turns:', ...turns.map((line) => `  ${line}`)].join('\n')]),
    [
      ...(report.unchanged.length === 0 ? [] : [`left out, nothing of theirs changed: ${report.unchanged.join(', ')}`]),
      ...removed,
      ...missing,
      headlineText(report),
      `noise: ${noiseText(report)}`,
      `${durationText(totalDurationMs(report))} of measuring on ${report.machine}`,
    ].join('\n'),
    ['again:', ...compared.map((each) => `  ${reproduceCommand(each)}`)].join('\n'),
  ].join('\n\n')
}

/** The texts are plain already. */
const same = (text: string): string => text

function rowOf(each: ClientComparison): string[] {
  const grounds = groundsText(each)
  const judged = `${stateOf(each)}${grounds === undefined ? '' : `: ${grounds}`}`
  return [each.client, each.scenario, sideText(each.base), sideText(each.head), changeText(each), judged]
}

/** The verdicts that are no pass, and what explains them. */
function detailsOf(each: ClientComparison): string[] {
  const open = openVerdictsText(each)
  const tables = explanationTables(each).map(
    ({ title, head, rows }) => `${each.client} ${each.scenario}, ${title}\n${plainTable(head, rows, leftColumns)}`,
  )
  const files = each.explanation?.files ?? []
  return [
    ...(open === undefined ? [] : [open]),
    ...explanationNotes(each).map((note) => `${each.client} ${each.scenario}, ${note}`),
    ...tables,
    ...(files.length === 0 ? [] : [`profiles of ${each.client} ${each.scenario}: ${files.join(', ')}`]),
  ]
}

const leftColumns = ['package', 'in base', 'in head']

function becauseOf({ client, scenario, because, replicates }: ClientComparison): string {
  const evidence = `${replicates} replicate${replicates === 1 ? '' : 's'}`
  return `  ${client} ${scenario}: ${because.length === 0 ? 'asked for' : because.join(', ')} (${evidence})`
}
