/** A label where it would stand, in pixels from the upper left corner. */
export interface Label {
  readonly from: number
  readonly to: number
  /** Of its middle. */
  readonly y: number
}

/** Lines of labels are so far apart, in pixels. */
const lineHeight = 12

/** Moves labels down that would stand on others. @returns The middle of each, in the order in which they were given. */
export function placed(labels: readonly Label[]): readonly number[] {
  const places = new Map<Label, number>()
  for (const label of labels.toSorted((one, other) => one.y - other.y)) {
    let y = label.y
    // In the order of their places, so that one that is moved out of the way of one stands in the way of none before.
    for (const [other, taken] of [...places].toSorted(([, one], [, two]) => one - two)) {
      const besides = other.to <= label.from || label.to <= other.from
      if (!besides && Math.abs(taken - y) < lineHeight) y = taken + lineHeight
    }
    places.set(label, y)
  }
  return labels.map((label) => places.get(label) ?? label.y)
}
