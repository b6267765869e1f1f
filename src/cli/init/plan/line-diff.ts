/** A line of a text beside another: kept, taken away or added. */
interface DiffLine {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/** So many lines around a change are shown. */
const around = 1

/** The lines that differ between two texts, each with `-` or `+` before it and a line around it; short texts only. */
export function lineDiff(before: string, after: string): readonly string[] {
  const lines = diffOf(linesOf(before), linesOf(after))
  const isNear = lines.map((_, place) =>
    lines.slice(Math.max(0, place - around), place + around + 1).some(({ mark }) => mark !== ' '),
  )
  return lines.flatMap(({ mark, text }, place) => {
    if (isNear[place]) return `${mark} ${text}`.trimEnd()
    return isNear[place - 1] ? '  …' : []
  })
}

/** Lines that one text adds to another, as they stand in it. */
export function addedLines(before: string, after: string): readonly string[] {
  const lines = diffOf(linesOf(before), linesOf(after))
  // A comma that what follows it asks for is none of what was added.
  const bare = (text: string): string => text.replace(/,$/, '')
  const taken = new Set(lines.flatMap(({ mark, text }) => (mark === '-' ? bare(text) : [])))
  return lines.flatMap(({ mark, text }) => (mark === '+' && !taken.has(bare(text)) ? text : []))
}

/** Without the end of the last. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}

/** By the longest common subsequence: https://en.wikipedia.org/wiki/Longest_common_subsequence */
function diffOf(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const longest = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1))
  const at = (one: number, other: number): number => longest[one]?.[other] ?? 0
  for (let one = before.length - 1; one >= 0; one--) {
    for (let other = after.length - 1; other >= 0; other--) {
      const row = longest[one]
      if (row === undefined) continue
      row[other] =
        before[one] === after[other] ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1))
    }
  }
  const lines: DiffLine[] = []
  let [one, other] = [0, 0]
  while (one < before.length || other < after.length) {
    if (one < before.length && other < after.length && before[one] === after[other]) {
      lines.push({ mark: ' ', text: before[one++] ?? '' })
      other++
    } else if (one < before.length && at(one + 1, other) >= at(one, other + 1)) {
      lines.push({ mark: '-', text: before[one++] ?? '' })
    } else if (other < after.length) lines.push({ mark: '+', text: after[other++] ?? '' })
    else lines.push({ mark: '-', text: before[one++] ?? '' })
  }
  return lines
}
