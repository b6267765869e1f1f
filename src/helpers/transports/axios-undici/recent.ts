/** Values by key, of which those are kept that were asked for last. */
export class Recent<Key, Value> {
  readonly #most: number
  readonly #values = new Map<Key, Value>()

  /** @param most How many are kept. */
  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#values.size
  }

  get(key: Key): Value | undefined {
    const value = this.#values.get(key)
    if (value !== undefined) this.#refresh(key, value)
    return value
  }

  /** Of the first key that is as wanted. */
  find(isWanted: (key: Key) => boolean): Value | undefined {
    for (const [key, value] of this.#values) {
      if (!isWanted(key)) continue
      this.#refresh(key, value)
      return value
    }
    return undefined
  }

  /** @returns The value. */
  set(key: Key, value: Value): Value {
    this.#refresh(key, value)
    const [oldest] = this.#values.keys()
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest)
    return value
  }

  #refresh(key: Key, value: Value): void {
    this.#values.delete(key)
    this.#values.set(key, value)
  }
}
