/** What something spent per request on either side: microseconds of self time, or bytes allocated. */
export interface PerRequest {
  readonly base: number
  readonly head: number
}

/** A function whose self time or allocation per request grew. */
export interface GrownFunction {
  readonly name: string
  /** Package, or folder in the project or tree (`.` for its root); empty for what comes with Node. */
  readonly package: string
  /**
   * File and line, `lib/adapters/http.js:120`, within the package or folder; absent for what has no file
   * (`(garbage collector)`), and in the base where no sample fell on it and its sources do not tell.
   */
  readonly base?: string
  readonly head?: string
  /** That the base's sources do not have it. */
  readonly isNew?: true
  readonly perRequest: PerRequest
}

/** A function that the base's sources do not have and that ran in the head. */
export interface NewFunction {
  readonly name: string
  readonly package: string
  /** File and line in the head. */
  readonly head: string
  /** Microseconds of self time per request, as far as samples fell on it. */
  readonly time: number
  /** Bytes allocated per request likewise. */
  readonly allocation: number
}
