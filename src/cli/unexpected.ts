/** What nobody foresaw, in one line: the error, and where it was thrown. */
export function unexpected(error: unknown): string {
  if (!(error instanceof Error)) return `unexpected: ${String(error)}`
  const [message] = error.message.split('\n')
  const place = unreadableIn(error) ?? /^ +at (.*)$/m.exec(error.stack ?? '')?.[1]
  // A package that is not there is most often one of an installation that is older than its lock.
  const advice = message?.startsWith('Cannot find package') ? '; run `npm ci`' : ''
  return `unexpected ${error.name}: ${message}${place === undefined ? '' : ` at ${place}`}${advice}`
}

/** File and line that could not be read as code, which Node puts at the head of the stack; undefined for other errors. */
export function unreadableIn({ stack = '' }: Error): string | undefined {
  const [head = ''] = stack.split('\n')
  return /^(?:file:|\/|[A-Za-z]:\\).*:\d+$/.test(head) ? head : undefined
}
