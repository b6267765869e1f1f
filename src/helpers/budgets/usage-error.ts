/** A spec, a budget file or a command is wrong: what, where, what was expected, what to do. Exit code 2. */
export class UsageError extends Error {
  readonly code = 'WIREGAUGE_USAGE'
  override readonly name: string = 'UsageError'
}
