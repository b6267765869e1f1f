/** What one process of `bench-peers.ts` measures; crosses to it as JSON. */
export interface Setting {
  /** Name of the client, e.g. `axios`. */
  readonly client: string
  /** Measuring time for both arms together, in milliseconds; each method spends half of it on each arm. */
  readonly durationMs: number
  /** Draws what `openArms` and the blocks draw. */
  readonly seed: number
  /** Share of its throughput that busy work takes from the current arm; 0 leaves the arms copies of each other (A/A). */
  readonly worsening: number
}

/** What one statistic of a method says about one pair. */
export interface Estimate {
  /** A row of the table, e.g. `tinybench mean`. */
  readonly row: string
  /** ln of throughput current / reference; negative: the current arm is slower. */
  readonly logRatio: number
  /** Whether it says that the current arm has become slower, by {@link alarmsFrom} or, in Vitest's matcher, by itself. */
  readonly alarm: boolean
}

/**
 * A method that says how much slower, but not whether that is too much, is taken to raise an alarm from here on: half of
 * the drop to be found, where missing it and seeing it in equal arms are equally likely for a scatter that is symmetric.
 */
export const alarmsFrom = 0.025

/** An estimate of a method without a verdict of its own, from durations of the same work. */
export function estimateFrom(row: string, { current, reference }: Times): Estimate {
  const logRatio = Math.log(reference / current)
  return { row, logRatio, alarm: saysSlower(logRatio) }
}

/** What a method takes for the duration of one batch of each arm, in any one unit. */
interface Times {
  readonly current: number
  readonly reference: number
}

/** Whether a log-ratio of throughput is a worsening of {@link alarmsFrom} or more. */
export function saysSlower(logRatio: number): boolean {
  return -Math.expm1(logRatio) >= alarmsFrom
}
