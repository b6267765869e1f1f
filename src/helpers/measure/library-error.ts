import { UsageError } from '../budgets/usage-error.ts'

/** A client's library could not be loaded from a tree. */
export class LibraryError extends UsageError {
  override readonly name = 'LibraryError'

  constructor(library: string, tree: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(
      isMissing(cause)
        ? `${library} could not be loaded from ${tree}: ${reason}. Install the packages of that tree with \`npm ci\`.`
        : `${library} fails while it is loaded from ${tree} with Node ${process.versions.node}: ${reason}. ` +
            'Take a version that loads on this Node.',
      { cause },
    )
  }
}

/** What Node says of a module that is not there; anything else is thrown by the module's own code. */
function isMissing(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ENOENT'].includes(String(cause.code))
  )
}
