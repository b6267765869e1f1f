/** So many values are near one. */
export interface Column {
  readonly at: number
  readonly count: number
}

/** Columns of a distribution. */
const bins = 24

/** How many values are near each of equally distant ones; none where there are too few to tell. */
export function columnsOf(values: readonly number[]): readonly Column[] {
  if (values.length < 2 * bins) return []
  const least = values.reduce((one, other) => Math.min(one, other))
  const width = (values.reduce((one, other) => Math.max(one, other)) - least) / bins
  if (width === 0) return []
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - least) / width))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts.map((times, bin) => ({ at: least + (bin + 0.5) * width, count: times }))
}
