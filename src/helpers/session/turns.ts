import { type Random, shuffled } from '../statistics/random.ts'

interface Waiting {
  readonly look: number
  readonly begin: () => void
}

/**
 * Lets one measure at a time. Of those that wait, first looks begin before further ones, in the order in which they came;
 * of further looks any may be next, so that none of them always follows the same neighbour.
 */
export class Turns {
  readonly #random: Random
  #busy = false
  #waiting: readonly Waiting[] = []

  constructor(random: Random) {
    this.#random = random
  }

  /**
   * Resolves when it is the caller's turn; disposal ends the turn.
   *
   * @param look 0 for the first look of a measurement.
   */
  async take(look: number): Promise<Disposable> {
    if (this.#busy) {
      const begun = Promise.withResolvers<void>()
      this.#waiting = [...this.#waiting, { look, begin: begun.resolve }]
      await begun.promise
    }
    this.#busy = true
    let ended = false
    return {
      [Symbol.dispose]: () => {
        if (!ended) this.#next()
        ended = true
      },
    }
  }

  #next(): void {
    const next = this.#waiting.find(({ look }) => look === 0) ?? shuffled(this.#waiting, this.#random)[0]
    this.#waiting = this.#waiting.filter((each) => each !== next)
    // It stays busy for the next one: whoever asked in between would come first otherwise.
    this.#busy = next !== undefined
    next?.begin()
  }
}
