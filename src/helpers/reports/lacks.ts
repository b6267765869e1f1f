/** What keeps a result from being whole, so that its green is none; a sentence each. */
export interface Lacks {
  /** What was to be measured and judged, and was not. */
  readonly missing: readonly string[]
  /** Runs that did not come to their end, or ended otherwise than their results tell. */
  readonly cut: readonly string[]
}

/** Of a result that is whole. */
export const nothingLacks: Lacks = { missing: [], cut: [] }
