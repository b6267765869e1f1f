import { plainText } from './plain-text.ts'

/** In characters of Unicode. Longer names say nothing more, and a comment has a limit. */
const longest = 300

/**
 * Text from outside in a line or table cell of GitHub's Markdown. It is text wherever it stands:
 *
 * - every mark but `.,/+-`, which mean nothing within a line, is a numeric character reference, which takes no part in
 *   Markdown's or HTML's structure (CommonMark 0.31.2, section 2.5);
 * - it stands in `<code>`, where GitHub makes no mentions, issue references or emoji of it;
 * - `<wbr>` after what addresses begin with (`@`, `:`, `www`) ends the run of text that GitHub's extended autolinks would be
 *   found in (GFM 0.29, section 6.9), and is not copied along.
 */
export function markdownText(text: string): string {
  const plain = [...plainText(text)]
  const shown = plain.length > longest ? `${plain.slice(0, longest).join('')}…` : plain.join('')
  const escaped = shown.replace(/www|[^\p{L}\p{N}\p{M} .,/+-]/giu, (found) => {
    if (found.toLowerCase() === 'www') return `${found}<wbr>`
    return found === '@' || found === ':' ? `${reference(found)}<wbr>` : reference(found)
  })
  // White space at the ends is no text to Markdown.
  return `<code>${escaped.trim() === '' ? '&#160;' : escaped}</code>`
}

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`
}

/** Lines that are plain text already, as a block of code whose fence none of them can close. */
export function markdownBlock(text: string): string {
  const ticks = [...text.matchAll(/`+/g)].map(([run]) => run.length)
  const fence = '`'.repeat(Math.max(3, ...ticks.map((length) => length + 1)))
  return `${fence}text\n${text}\n${fence}`
}

/** A table of Markdown. @param rows Cells as Markdown, that is escaped where they come from outside. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** As many as somebody reads. */
const mostShown = 100

/** The first of them that fit, rows or lines. @param limit Bytes of UTF-8, about. */
export function shownOf<Each extends string | readonly string[]>(each: readonly Each[], limit: number): Each[] {
  let bytes = 0
  const first = each.slice(0, mostShown)
  const end = first.findIndex((one) => {
    bytes += Buffer.byteLength(typeof one === 'string' ? one : one.join(' | ')) + 8
    return bytes > limit
  })
  return end === -1 ? first : first.slice(0, end)
}

const leftOut = 'More does not fit here; the result file has it.'

/** Sections with lines between them, whole or left out, so that nothing is cut open. @param limit Bytes of UTF-8. */
export function fittedSections(wanted: readonly string[], limit: number): string {
  const given = wanted.filter((section) => section !== '')
  const sections: string[] = []
  let bytes = Buffer.byteLength(leftOut) + 2
  for (const section of given) {
    const own = Buffer.byteLength(section) + 2
    if (bytes + own > limit) continue
    bytes += own
    sections.push(section)
  }
  return `${[...sections, ...(sections.length < given.length ? [leftOut] : [])].join('\n\n')}\n`
}
