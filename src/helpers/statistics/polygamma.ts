/** Below this the asymptotic series are not yet exact, and the recurrence leads up to it. */
const large = 10

/** The digamma function, ψ, for x > 0, to twelve digits (Abramowitz and Stegun 6.3.5 and 6.3.18). */
export function digamma(x: number): number {
  if (x < large) return digamma(x + 1) - 1 / x
  const square = 1 / x ** 2
  return Math.log(x) - 1 / (2 * x) - square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
}

/** The trigamma function, ψ′, for x > 0, to ten digits (Abramowitz and Stegun 6.4.6 and 6.4.12). */
export function trigamma(x: number): number {
  if (x < large) return trigamma(x + 1) + 1 / x ** 2
  const square = 1 / x ** 2
  return 1 / x + square / 2 + (square / x) * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30)))
}

/** The x > 0 at which the trigamma function, which only falls, has a value above 0. */
export function trigammaInverse(value: number): number {
  // ψ′(x) lies between 1/x and 1/x + 1/x².
  let low = 1 / value
  let high = (1 + Math.sqrt(1 + 4 * value)) / (2 * value)
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2
    if (trigamma(middle) > value) low = middle
    else high = middle
  }
  return (low + high) / 2
}
