/** The most names that a message lists. */
const most = 3

/** The names that are most like one that was asked for, the most alike first. */
export function nearestOf(asked: string, names: readonly string[]): readonly string[] {
  const distances = new Map(names.map((name) => [name, distance(asked.toLowerCase(), name.toLowerCase())]))
  return names.toSorted((one, other) => (distances.get(one) ?? 0) - (distances.get(other) ?? 0)).slice(0, most)
}

/** Least number of characters to insert, remove or replace: https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [line, character] of [...one].entries()) {
    const next = [line + 1]
    for (const [column, opposite] of other.split('').entries()) {
      const replaced = (row[column] ?? 0) + (character === opposite ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
