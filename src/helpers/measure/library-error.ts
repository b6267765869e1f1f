import { UsageError } from '../budgets/usage-error.ts'

/** A client's library could not be loaded from a tree. */
export class LibraryError extends UsageError {
  override readonly name = 'LibraryError'
  /** `missing`: the tree is not installed as it should be. `broken`: what is there throws while it is loaded. */
  readonly fault: 'missing' | 'broken'

  constructor(message: string, fault: LibraryError['fault'], options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }

  /** @param cause What importing it threw. */
  static of(library: string, tree: string, cause: unknown): LibraryError {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const fault = isMissing(cause) ? 'missing' : 'broken'
    const remedy = library.startsWith('./')
      ? '`library` is the path of a file from the root of the project, with its extension, whose imports Node finds.'
      : 'Install the packages of that tree with `npm ci`.'
    const message =
      fault === 'missing'
        ? `${library} could not be loaded from ${tree}: ${reason}. ${remedy}`
        : `${library} fails while it is loaded from ${tree} with Node ${process.versions.node}: ${reason}. ` +
          'Take a version that loads on this Node.'
    return new LibraryError(message, fault, { cause })
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
