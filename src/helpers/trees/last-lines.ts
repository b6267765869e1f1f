import { stripVTControlCharacters } from 'node:util'

/** What a program said last is why it failed; the most lines of it that a message quotes. */
const quotedLines = 20

/** The last lines of a program's output, indented, without colours and empty lines. */
export function lastLines(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  return lines.length === 0
    ? '  it said nothing'
    : lines
        .slice(-quotedLines)
        .map((line) => `  ${line}`)
        .join('\n')
}
