/**
 * Everything that is not to be seen as it stands: control and format characters (ANSI escapes, line breaks, reversed
 * writing, zero width), line separators, lone surrogates and what Unicode does not assign.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/gu

/**
 * Text from outside as one line that does nothing wherever it is printed: what is not to be seen is written as `\u{1b}`.
 *
 * Standard output is read by CI, too. GitHub's runner takes a line that begins with `::`, after white space, and `##[`
 * anywhere in a line, for a command (actions/runner, `ActionCommand.cs`), so neither is left as it is; one colon at the
 * beginning may be followed by another of ours.
 */
export function plainText(text: string): string {
  return text
    .replace(unseen, escaped)
    .replace(/^\s*:/, (start) => start.replace(':', escaped))
    .replaceAll('##[', `##${escaped('[')}`)
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/** A copy of plain data in which every text is {@link plainText}. */
export function withPlainTexts<Value>(value: Value): Value {
  const copy = { value: structuredClone(value) }
  makePlain(copy)
  return copy.value
}

function makePlain(value: object): void {
  for (const [key, each] of Object.entries(value)) {
    if (typeof each === 'string') Reflect.set(value, key, plainText(each))
    else if (typeof each === 'object' && each !== null) makePlain(each)
  }
}
