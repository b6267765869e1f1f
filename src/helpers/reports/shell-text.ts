/** A word of a command as one argument for a POSIX shell, so that what was measured can be pasted without being run. */
export function shellWord(word: string): string {
  return /^[\w@./:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
