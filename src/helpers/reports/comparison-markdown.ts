import type { ClientComparison, ComparisonReport } from './comparison.ts'
import { explanationNotes, explanationTables } from './comparison-explanation.ts'
import { type ComparisonState, stateOf, worstFirst } from './comparison-state.ts'
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
import { fittedSections, markdownBlock, markdownTable, markdownText, shownOf } from './markdown-text.ts'
import { withPlainTexts } from './plain-text.ts'

/** GitHub takes comments of at most 65,536 characters, which are no more than bytes; the rest is for what is put around it. */
const longestComment = 60_000

/** As many rows of an explanation as somebody reads there; the result file has them all. */
const mostRows = 5

/** What a report becomes. */
export interface MarkdownOptions {
  /** Longest text in bytes of UTF-8. Default: what fits into a comment of GitHub. */
  readonly limit?: number
  /** The commit that was measured, where GitHub has told it. */
  readonly commit?: string | undefined
}

/**
 * A comparison as the comment of a pull request and as the summary of a job: figures and commands first, then causes, then
 * verdicts in full, each of the worst pair first. What is beyond the limit is left out from the end, and it says so.
 */
export function comparisonMarkdown(untrusted: ComparisonReport, options: MarkdownOptions = {}): string {
  const { limit = longestComment, commit } = options
  const report = withPlainTexts(untrusted)
  const compared = worstFirst(report)
  const missing = notMeasuredTexts(report, markdownText).map((line) => `- not measured: ${line}`)
  const isNothing = compared.length === 0 && missing.length === 0
  const sections = [
    title(report, commit),
    ...(isNothing ? [nothingText(report, markdownText)] : []),
    ...(compared.length === 0 ? [] : [table(compared, 0.35 * limit)]),
    [...inWords(compared, 0.03 * limit), ...shownOf(missing, 0.1 * limit)].join('\n'),
    notes(report, 0.05 * limit),
    ...(compared.length === 0 ? [] : [again(compared, 0.25 * limit)]),
    ...compared.flatMap(explanations),
    ...compared.flatMap(verdicts),
  ]
  return fittedSections(sections, limit)
}

function title(report: ComparisonReport, commit: string | undefined): string {
  const at = commit === undefined ? '' : ` at ${markdownText(commit)}`
  const sides = `base ${markdownText(report.base)}, head ${markdownText(report.head)}${at}`
  return `### wiregauge: ${headlineText(report)}\n\n${sides}, measured ${markdownText(report.date)}`
}

const columns = ['client', 'scenario', 'base', 'head', 'throughput', 'verdict']

function table(compared: readonly ClientComparison[], limit: number): string {
  const rows = compared.map((each) => {
    const [state, grounds] = [stateOf(each), groundsText(each)]
    const names = [each.client, each.scenario, sideText(each.base), sideText(each.head)].map(markdownText)
    const judged = state === 'pass' ? state : `**${state}**`
    return [...names, changeText(each), `${judged}${grounds === undefined ? '' : ` ${markdownText(grounds)}`}`]
  })
  const shown = shownOf(rows, limit)
  const others = rows.length - shown.length
  return `${markdownTable(columns, shown)}${others === 0 ? '' : `\n\n${others} more are not shown.`}`
}

const inWordsOf: readonly (readonly [string, readonly ComparisonState[]])[] = [
  ['Regressed', ['regressed']],
  ['Improved', ['improved']],
  ['Unsure', ['inconclusive', 'not judged']],
  ['Invalid, the work was not the work', ['invalid']],
  ['False red, the files are the same', ['false red']],
]

/** A line for what regressed, what improved, and what is unsure. */
function inWords(compared: readonly ClientComparison[], limit: number): string[] {
  return inWordsOf.flatMap(([words, states]) => {
    const found = compared.filter((each) => states.includes(stateOf(each)))
    const texts = found.map((each) => `${nameOf(each)} ${changeInWords(each)}`)
    return found.length === 0 ? [] : [`- ${words}: ${listed(texts, limit)}`]
  })
}

/** The change that the state is about. */
function changeInWords(each: ClientComparison): string {
  const grounds = groundsText(each)
  return grounds === undefined ? changeText(each) : markdownText(grounds)
}

function notes(report: ComparisonReport, limit: number): string {
  const { unchanged, removed, compared, machine } = report
  return [
    ...shownOf(turnsTexts(report, markdownText), limit).map((line) => `- measured in processes taking turns: ${line}`),
    ...(unchanged.length === 0 || compared.length === 0
      ? []
      : [`- left out, nothing of theirs changed: ${listed(unchanged.map(markdownText), limit)}`]),
    ...(removed === undefined ? [] : [`- only in base, not measured: ${listed(removed.map(markdownText), limit)}`]),
    `- noise of the machine: ${noiseText(report)}`,
    `- ${durationText(totalDurationMs(report))} of measuring on ${markdownText(machine)}`,
  ].join('\n')
}

function listed(texts: readonly string[], limit: number): string {
  const shown = shownOf(texts, limit)
  const others = texts.length - shown.length
  return `${shown.join(', ')}${others === 0 ? '' : ` and ${others} more`}`
}

function again(compared: readonly ClientComparison[], limit: number): string {
  const commands = compared.map((each) => {
    const because = each.because.length === 0 ? 'asked for' : each.because.join(', ')
    return `# ${each.client} ${each.scenario}: ${because}\n${reproduceCommand(each)}`
  })
  const text = markdownBlock(shownOf(commands, limit).join('\n'))
  return folded('To measure it again, and why it was measured', text)
}

/** Where the change comes from, one fold a client and scenario. */
function explanations(each: ClientComparison): string[] {
  const tables = explanationTables(each).map(({ title, head, rows }) => {
    const shown = rows.slice(0, mostRows).map((row) => row.map(markdownText))
    const others = rows.length - shown.length
    const more = others === 0 ? '' : `\n\n${others} more in the result file`
    return `${title}\n\n${markdownTable(head, shown)}${more}`
  })
  const notes = explanationNotes(each).map((note) => `- ${note}`)
  if (tables.length + notes.length === 0) return []
  const files = each.explanation?.files ?? []
  const saved = files.length === 0 ? [] : [`profiles: ${files.map(markdownText).join(', ')}`]
  return [
    folded(
      `Where it comes from: ${nameOf(each)}`,
      [...(notes.length === 0 ? [] : [notes.join('\n')]), ...tables, ...saved].join('\n\n'),
    ),
  ]
}

function verdicts(each: ClientComparison): string[] {
  const text = openVerdictsText(each)
  return text === undefined ? [] : [folded(`Verdicts: ${nameOf(each)}`, markdownBlock(text))]
}

function nameOf({ client, scenario }: ClientComparison): string {
  return markdownText(`${client} ${scenario}`)
}

/** @param summary Markup. @param body Markdown. */
function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}
