/** What a trial changes in a copy of a client's packages. */
export interface Change {
  /** Tells it apart from every other change of the same client under the same scenario. */
  readonly name: string
  /** In words, for whoever reads the table. */
  readonly description: string
  /**
   * What it puts in, as data: tells it apart from what had its name before it was mended. Default nothing, for what its name
   * says all about.
   */
  readonly madeOf?: unknown
  /**
   * Changes the copy in place.
   *
   * @param packages The copy's `node_modules`.
   * @param project Root of the project that was copied from.
   */
  apply(packages: string, project: string): void
  /**
   * What the copy beside it gets, which it is measured against. Default nothing. Means that are not the end, such as looking
   * at the clock, go into both, so that they are no part of the difference.
   */
  readonly beside?: Change
}

/** No change at all: the trial is an A/A. */
export const unchanged: Change = {
  name: 'same files',
  description: 'both arms are copies of the same files',
  apply: () => {},
}
