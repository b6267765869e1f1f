/** How a distance that a spec states, and a value in its unit, translate to the gains that are decided on. */
interface Scale {
  /** The value between equal arms. */
  readonly equal: 0 | 1
  /** The gain, 0 or below, that a worsening by so much is. */
  worsening(distance: number): number
  /** The distance that a gain is worth; positive for a worsening. */
  distanceAt(gain: number): number
  /** The value that a gain stands for, where the expected value is the gain 0. */
  valueAt(expected: number, gain: number): number
  /** The gain that a value stands for, likewise. */
  gainOf(expected: number, value: number): number
  /** Distances lie below this: nothing loses all of its throughput, and a cost may grow to several times itself. */
  readonly below: number
  /** A distance as specs write it. */
  inWords(distance: number): string
}

/** Three digits say everything that a spec states. */
const percent = (distance: number): string => `${Number((distance * 100).toPrecision(3))} %`

/** The distance rounded up to two digits, so that a spec which states what it reads states enough. */
export function roundedUp(distance: number): number {
  return roundedUpTo(2, distance)
}

function roundedUpTo(digits: number, distance: number): number {
  if (!(distance > 0 && Number.isFinite(distance))) return distance
  const digit = 10 ** (Math.floor(Math.log10(distance)) + 1 - digits)
  return Number((Math.ceil(distance / digit) * digit).toPrecision(digits))
}

/**
 * The distance that a spec must state to state as much: rounded up to two digits, or to the three that it is written with where
 * two would be all that there is.
 *
 * @returns Undefined where the scale has none, as beyond a loss of all throughput.
 */
export function statable(distance: number, scale: ScaleName): number | undefined {
  return [2, 3].map((digits) => roundedUpTo(digits, distance)).find((rounded) => rounded < scales[scale].below)
}

/**
 * The scales of budgets. A worsening of x means throughput × (1 − x) and a cost × (1 + x), so that both are decided on as
 * logarithms, which makes a ratio and its inverse symmetric. What is expected to be 0 is decided on as a difference.
 */
export const scales = {
  throughput: {
    equal: 1,
    below: 1,
    worsening: (share) => Math.log(1 - share),
    distanceAt: (gain) => -Math.expm1(gain),
    valueAt: (expected, gain) => expected * Math.exp(gain),
    gainOf: (expected, value) => Math.log(value / expected),
    inWords: percent,
  },
  cost: {
    equal: 1,
    below: Number.POSITIVE_INFINITY,
    worsening: (share) => -Math.log(1 + share),
    distanceAt: (gain) => Math.expm1(-gain),
    valueAt: (expected, gain) => expected * Math.exp(-gain),
    gainOf: (expected, value) => -Math.log(value / expected),
    inWords: percent,
  },
  /** Points of a share: 2 % of the batches more. */
  share: {
    equal: 0,
    below: 1,
    worsening: (share) => -share,
    distanceAt: (gain) => -gain,
    valueAt: (expected, gain) => expected - gain,
    gainOf: (expected, value) => expected - value,
    inWords: percent,
  },
  bytes: {
    equal: 0,
    below: Number.POSITIVE_INFINITY,
    worsening: (bytes) => -bytes,
    distanceAt: (gain) => -gain,
    valueAt: (expected, gain) => expected - gain,
    gainOf: (expected, value) => expected - value,
    inWords: (bytes) => `${Number(bytes.toPrecision(3))} bytes`,
  },
} as const satisfies Record<string, Scale>

export type ScaleName = keyof typeof scales
