import { plainText } from './plain-text.ts'

/** Where an annotation is shown. */
export interface Place {
  /** From the root of the repository, with slashes. */
  readonly file: string
  /** Counted from 1. */
  readonly line: number
}

/** What the runner decodes in the message of a command (actions/toolkit, `packages/core/src/command.ts`). */
function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** What it decodes in a property. */
function property(text: string): string {
  return message(plainText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/**
 * A workflow command that makes an annotation. It is one line whatever the texts are.
 *
 * @param text Lines of plain text.
 */
export function annotation(level: 'error' | 'warning' | 'notice', title: string, text: string, place?: Place): string {
  const at = place === undefined ? [] : [`file=${property(place.file)}`, `line=${place.line}`]
  return `::${level} ${[...at, `title=${property(title)}`].join(',')}::${message(text)}`
}
