import path from 'node:path'
import { plainText } from '../../../helpers/reports/plain-text.ts'
import type { Change } from './change.ts'
import { addedLines, lineDiff, linesOf } from './line-diff.ts'

/** What is to be written: files that are made whole, and those that are edited with what changes in them. */
export function changesText(changes: readonly Change[], root: string): string {
  const [made, edited] = [changes.filter(isMade), changes.filter((change) => !isMade(change))]
  return [
    ...made.flatMap(({ file, text }) => [
      `  new   ${nameOf(file, root)} (${sizeOf(text)})`,
      ...linesOf(text).map((line) => `            ${plainText(line)}`.trimEnd()),
    ]),
    ...edited.flatMap(({ file, text, before = '' }) => [
      `  edit  ${nameOf(file, root)}`,
      ...lineDiff(before, text).map((line) => `          ${plainText(line)}`),
    ]),
  ].join('\n')
}

/** How to undo what was written. */
export function undoText(changes: readonly Change[], root: string): string {
  const [made, edited] = [changes.filter(isMade), changes.filter((change) => !isMade(change))]
  return [
    `undo: delete ${made.map(({ file }) => nameOf(file, root)).join(' ')}`,
    ...edited.map(({ file, text, before = '' }) => {
      const lines = addedLines(before, text).map((line) => `\n          ${plainText(line)}`)
      return `      take out of ${nameOf(file, root)} (or: git checkout ${nameOf(file, root)}):${lines.join('')}`
    }),
  ].join('\n')
}

function isMade({ before }: Change): boolean {
  return before === undefined
}

function nameOf(file: string, root: string): string {
  return plainText(path.relative(root, file).split(path.sep).join('/'))
}

function sizeOf(text: string): string {
  const bytes = Buffer.byteLength(text)
  return bytes < 1_000 ? `${bytes} bytes` : `${(bytes / 1_000).toFixed(1)} kB`
}
