/** An estimate with its bounds, all in the same unit. */
export interface Interval {
  readonly estimate: number
  readonly low: number
  readonly high: number
  /** Probability that the bounds hold the true value, e.g. 0.95. */
  readonly level: number
}

/** The interval with every number passed through an increasing function, e.g. from log-ratios to ratios. */
export function mapInterval(interval: Interval, increasing: (value: number) => number): Interval {
  return {
    estimate: increasing(interval.estimate),
    low: increasing(interval.low),
    high: increasing(interval.high),
    level: interval.level,
  }
}
