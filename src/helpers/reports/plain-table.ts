import Table from 'cli-table3'

/** No colours and no colour codes: the table goes to files and logs as well. */
const plain = { head: [], border: [] }

/** A table as text; the first column and those named are to the left, the others to the right. */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly string[] = [],
): string {
  const colAligns = head.map((name, place) => (place === 0 || left.includes(name) ? 'left' : 'right'))
  const table = new Table({ head: [...head], style: plain, colAligns })
  for (const row of rows) table.push([...row])
  return table.toString()
}
