import { type Content, html, type Markup } from './markup.ts'

/** A column of a table that has to fit on a telephone. */
export interface StackedColumn {
  readonly head: string
  /** Names begin at the left, figures end at the right. */
  readonly isText?: boolean
}

export interface StackedCell {
  readonly content: Content
  /** What it is sorted by; absent for names, and for figures that were not measured. */
  readonly value?: number | undefined
}

export interface StackedRow {
  /** Of the row, such as what it is filtered by. */
  readonly attributes?: Markup
  /** The first is the head of the row. */
  readonly cells: readonly StackedCell[]
}

/** What a table is called, and how it is styled. */
interface About {
  readonly name: string
  readonly className: string
}

/**
 * A table whose rows become stacks of labelled values where the screen is too narrow for them. Roles are spelt out, because
 * browsers forget what a table is when its parts are no longer displayed as one.
 */
export function stackedTable(
  { name, className }: About,
  columns: readonly StackedColumn[],
  rows: readonly StackedRow[],
): Markup {
  return html`<table role="table" class="stacked ${className}"><caption class="unseen">${name}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(({ head, isText }) => html`<th role="columnheader" scope="col"${classOf(isText)}>${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => rowOf(row, columns))}</tbody></table>`
}

function rowOf(
  { attributes, cells: [first, ...others] }: StackedRow,
  [, ...columns]: readonly StackedColumn[],
): Markup {
  return html`<tr role="row"${attributes}><th role="rowheader" scope="row">${first?.content}</th>${others.map((cell, place) => cellOf(cell, columns[place]))}</tr>
`
}

function cellOf({ content, value }: StackedCell, column: StackedColumn | undefined): Markup {
  return html`<td role="cell" data-label="${column?.head}"${classOf(column?.isText)}${value === undefined ? undefined : html` data-value="${value}"`}>${content}</td>`
}

function classOf(isText: boolean | undefined): Markup | undefined {
  return isText === true ? html` class="text"` : undefined
}
