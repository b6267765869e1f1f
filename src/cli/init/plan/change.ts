/** One file as it is to be. */
export interface Change {
  /** Absolute. */
  readonly file: string
  readonly text: string
  /** The text that is edited; absent for a file that is made. */
  readonly before?: string
}

/** Changes with what is to be known about them. */
export interface Planned {
  readonly changes: readonly Change[]
  /** What could not be done for the user, and what to do, a line each. */
  readonly notes: readonly string[]
}

export const nothing: Planned = { changes: [], notes: [] }

/** One after the other. */
export function joinedPlans(plans: readonly Planned[]): Planned {
  return { changes: plans.flatMap(({ changes }) => changes), notes: plans.flatMap(({ notes }) => notes) }
}
