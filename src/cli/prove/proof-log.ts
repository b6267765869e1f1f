import { differencesOf } from './circumstances.ts'
import type { Circumstances, Collection, Proof, Trial } from './proof.ts'
import { readProof, writeProof } from './proof-file.ts'

/** The proof as it grows: every trial is in the file as soon as it is made. */
export class ProofLog {
  readonly #file: string
  readonly #here: Circumstances
  #proof: Proof

  /**
   * Opens the file of earlier trials, or begins one: what cannot be read or written is known before anything is measured.
   *
   * @throws {UsageError} with the file.
   */
  constructor(file: string, here: Circumstances) {
    this.#file = file
    this.#here = here
    this.#proof = readProof(file)
    writeProof(file, this.#proof)
  }

  /** The trials that were made under the same circumstances as now. */
  get trials(): readonly Trial[] {
    return this.#proof.collections.filter((each) => this.#isHere(each)).flatMap(({ trials }) => trials)
  }

  /** What is kept in the file and not counted: a sentence for each other machine or set of packages. */
  get leftOut(): readonly string[] {
    return this.#proof.collections
      .filter((each) => !this.#isHere(each) && each.trials.length > 0)
      .map(({ trials, ...there }) => `${count(trials.length)} left out: ${differencesOf(there, this.#here).join('; ')}`)
  }

  /**
   * Adds a trial that was made here and now to what is in the file by then: another `prove` may collect at the same time.
   *
   * @throws {UsageError} with the file.
   */
  add(trial: Trial): void {
    this.#proof = readProof(this.#file)
    const { collections } = this.#proof
    const own = collections.find((each) => this.#isHere(each)) ?? { ...this.#here, trials: [] }
    const others = collections.filter((each) => each !== own)
    this.#proof = { ...this.#proof, collections: [...others, { ...own, trials: [...own.trials, trial] }] }
    writeProof(this.#file, this.#proof)
  }

  #isHere(collection: Collection): boolean {
    return differencesOf(collection, this.#here).length === 0
  }
}

function count(trials: number): string {
  return trials === 1 ? '1 trial is' : `${trials} trials are`
}
