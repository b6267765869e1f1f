import path from 'node:path'
import { lockAddress, lockMachine } from '../../helpers/measure/lock.ts'
import { differencesOf } from './circumstances.ts'
import { digestOf } from './judged-by.ts'
import { type Circumstances, type Collection, type Proof, proofVersion, type Trial } from './proof.ts'
import { readProof, requireWritableProof, writeProof } from './proof-file.ts'

/** The proof as it grows: every trial is in the file as soon as it is made. */
export class ProofLog {
  readonly #file: string
  readonly #here: Circumstances
  #proof: Proof = { schemaVersion: proofVersion, collections: [] }

  private constructor(file: string, here: Circumstances) {
    this.#file = path.resolve(file)
    this.#here = here
  }

  /**
   * Opens the file of earlier trials, or begins one: what cannot be read or written is known before anything is measured.
   *
   * @throws {UsageError} with the file.
   */
  static async open(file: string, here: Circumstances): Promise<ProofLog> {
    const log = new ProofLog(file, here)
    await log.#update((proof) => proof)
    return log
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
  async add(trial: Trial): Promise<void> {
    await this.#update(({ collections, ...proof }) => {
      const own = collections.find((each) => this.#isHere(each)) ?? { ...this.#here, trials: [] }
      const others = collections.filter((each) => each !== own)
      return { ...proof, collections: [...others, { ...own, trials: [...own.trials, trial] }] }
    })
  }

  /** Reads, changes and writes the file while no other process of this machine does. */
  async #update(change: (proof: Proof) => Proof): Promise<void> {
    await using _lock = await lockMachine(() => {}, { address: lockAddress(`proof-${digestOf(this.#file)}`) })
    const before = readProof(this.#file)
    this.#proof = change(before)
    if (this.#proof === before) requireWritableProof(this.#file)
    else writeProof(this.#file, this.#proof)
  }

  #isHere(collection: Collection): boolean {
    return differencesOf(collection, this.#here).length === 0
  }
}

function count(trials: number): string {
  return trials === 1 ? '1 trial is' : `${trials} trials are`
}
