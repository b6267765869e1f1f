/** How much has begun and not ended: calls, and the requests behind bodies that are streams. */
export class InFlight {
  #count = 0
  #onEnd: (() => void)[] = []

  begin(): void {
    this.#count++
  }

  /** Of something that began. */
  end(): void {
    if (--this.#count > 0) return
    for (const tell of this.#onEnd.splice(0)) tell()
  }

  /** Counts a promise until it settles, and gives it back. */
  track<Value>(begun: Promise<Value>): Promise<Value> {
    this.begin()
    const end = (): void => this.end()
    begun.then(end, end)
    return begun
  }

  /** Waits until everything has ended, well or not. */
  async ended(): Promise<void> {
    if (this.#count === 0) return
    await new Promise<void>((resolve) => this.#onEnd.push(resolve))
  }
}
