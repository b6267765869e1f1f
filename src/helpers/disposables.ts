/**
 * `DisposableStack` and `AsyncDisposableStack` as far as they are used here: Node 22 has the symbols, but neither of the
 * classes (they came with 24).
 */

type Release = () => void
type AsyncRelease = () => PromiseLike<void> | void

/** Disposes of what it holds, the latest first, all of it even where some of it fails. */
export class Disposables implements Disposable {
  #held: Release[] = []

  use<Resource extends Disposable>(resource: Resource): Resource {
    this.defer(() => resource[Symbol.dispose]())
    return resource
  }

  defer(release: Release): void {
    this.#held.push(release)
  }

  /** Hands everything that it holds on to another. */
  move(): Disposables {
    const other = new Disposables()
    other.#held = this.#held.splice(0)
    return other
  }

  [Symbol.dispose](): void {
    const failures: unknown[] = []
    for (const release of this.#held.splice(0).reverse()) {
      try {
        release()
      } catch (failure) {
        failures.push(failure)
      }
    }
    throwAll(failures)
  }
}

/** The same for what takes its time to be disposed of. */
export class AsyncDisposables implements AsyncDisposable {
  #held: AsyncRelease[] = []

  use<Resource extends AsyncDisposable>(resource: Resource): Resource {
    this.#held.push(() => resource[Symbol.asyncDispose]())
    return resource
  }

  /** Hands everything that it holds on to another. */
  move(): AsyncDisposables {
    const other = new AsyncDisposables()
    other.#held = this.#held.splice(0)
    return other
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = []
    for (const release of this.#held.splice(0).reverse()) {
      try {
        await release()
      } catch (failure) {
        failures.push(failure)
      }
    }
    throwAll(failures)
  }
}

function throwAll(failures: readonly unknown[]): void {
  if (failures.length > 1) throw new AggregateError(failures, 'more than one resource could not be disposed of')
  if (failures.length === 1) throw failures[0]
}
