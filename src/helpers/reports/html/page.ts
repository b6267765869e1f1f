import { createHash } from 'node:crypto'
import { exitCodes } from '../../budgets/exit-code.ts'
import { countOf, minuteOf } from '../figures.ts'
import type { LeftOut } from '../history/read-runs.ts'
import type { Lacks } from '../lacks.ts'
import type { MachineResult } from '../machine-result.ts'
import { withPlainTexts } from '../plain-text.ts'
import { conditionLines, countsLine } from '../summary-lines.ts'
import type { Chart } from './chart.ts'
import { type ChartGroup, chartGroups } from './chart-groups.ts'
import { clientCharts } from './client-charts.ts'
import { headline } from './headline.ts'
import { historyCharts } from './history-charts.ts'
import { html, Markup } from './markup.ts'
import { measurementSections } from './measurements.ts'
import { overviewTables } from './overview.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'
import { shownEntries } from './shown-entry.ts'
import { worstList } from './worst-list.ts'

/** What a page shows. */
export interface PageContent {
  /** Machine by machine, the one with the newest run first. */
  readonly results: readonly MachineResult[]
  readonly leftOut: readonly LeftOut[]
  /** What keeps the result from being whole. */
  readonly lacks: Lacks
  readonly exitCode: number
  /** The three-way comparison; empty where none was made. */
  readonly threeWay: readonly ChartGroup[]
  /** What `wiregauge prove` found about the gate; empty where nothing was proved. */
  readonly proof: readonly ChartGroup[]
}

/**
 * A result as one page: self-contained, without any request, and readable without its script. What comes from outside,
 * names and reasons, stays text wherever it stands.
 */
export function page({ threeWay, proof, ...untrusted }: PageContent): string {
  const { results, leftOut, lacks, exitCode } = withPlainTexts(untrusted)
  const entries = shownEntries(results)
  const title = headline({ entries, lacks, exitCode })
  const parts: readonly (readonly [id: string, title: string, body: Markup | undefined])[] = [
    ['overview', 'Overview', overviewTables(entries)],
    ['clients', 'Clients side by side', byMachine(results, (result) => clientCharts(result.entries))],
    ['three-way', 'Slow client, fast client, and slow on fast', chartGroups(threeWay)],
    ['history', 'History', byMachine(results, ({ runs }) => historyCharts(runs))],
    ['proof', 'What the gate notices', chartGroups(proof)],
    ['budgets', 'Budgets', measurementSections(entries)],
    ['left-out', 'Left out', leftOutList(leftOut)],
  ]
  const present = parts.filter(([, , body]) => body !== undefined)
  const hash = createHash('sha256').update(pageScript).digest('base64')
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>wiregauge: ${title}</title>
<style>${new Markup(pageStyle)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${results.map(({ machine, runs }) => html`<p class="muted">${machine} · ${countOf(runs.length, 'run')}, the last at ${minuteOf(runs.at(-1)?.startedAt ?? 'no time')}</p>`)}
<p class="muted">exit code ${exitCode} (${exitInWords(exitCode)})</p>
${worstList(entries, lacks)}
<nav aria-label="Sections">${present.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}</nav>
</header>
<main>
${present.map(
  ([id, title, body]) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}</section>
`,
)}
</main>
<footer class="muted">${results.map(footOf)}</footer>
<script>${new Markup(pageScript)}</script>
</body>
</html>
`
  return text
}

/** Charts of each machine, under its name where there are several. */
function byMachine(
  results: readonly MachineResult[],
  charts: (result: MachineResult) => readonly Chart[],
): Markup | undefined {
  return chartGroups(
    results.map((result) => ({
      ...(results.length === 1 ? {} : { title: result.machine }),
      charts: charts(result),
    })),
  )
}

/** How many verdicts there are of each kind, and what the machine was like meanwhile. */
function footOf({ machine, entries }: MachineResult, _: number, all: readonly MachineResult[]): Markup {
  const lines = [...(all.length === 1 ? [] : [machine]), countsLine(entries), ...conditionLines(entries)]
  return html`${lines.map((line) => html`<p>${line}</p>`)}`
}

function leftOutList(leftOut: readonly LeftOut[]): Markup | undefined {
  return leftOut.length === 0
    ? undefined
    : html`<ul>${leftOut.map(({ file, reason }) => html`<li>${file} ${reason}</li>`)}</ul>`
}

function exitInWords(exitCode: number): string {
  const [name = 'unknown'] = Object.entries(exitCodes).find(([, code]) => code === exitCode) ?? []
  return name === 'pass' ? 'nothing regressed' : name
}
