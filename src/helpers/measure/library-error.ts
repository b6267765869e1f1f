import { UsageError } from '../budgets/usage-error.ts'

/** A client's library could not be loaded from a tree. */
export class LibraryError extends UsageError {
  override readonly name = 'LibraryError'

  constructor(library: string, tree: string, cause: unknown) {
    super(
      `${library} could not be loaded from ${tree}: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Install the packages of that tree with `npm ci`.',
      { cause },
    )
  }
}
