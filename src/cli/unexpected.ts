/** What nobody foresaw, in one line: the error, and where it was thrown. */
export function unexpected(error: unknown): string {
  if (!(error instanceof Error)) return `unexpected: ${String(error)}`
  const [message] = error.message.split('\n')
  const place = unreadableIn(error) ?? /^ +at (.*)$/m.exec(error.stack ?? '')?.[1]
  return `unexpected ${error.name}: ${message}${place === undefined ? '' : ` at ${place}`}`
}

/** File and line that could not be read as code, which Node puts at the head of the stack; undefined for other errors. */
export function unreadableIn({ stack = '' }: Error): string | undefined {
  const [head = ''] = stack.split('\n')
  return /^(?:file:|\/|[A-Za-z]:\\).*:\d+$/.test(head) ? head : undefined
}
