/** How deep a sample is taken: a few steps, so that its cost stays far below that of any request. */
const deepest = 4

/** One object on the way to the sample. */
interface Step {
  readonly key: string
  /** Of a list; of any other object undefined. */
  readonly length: number | undefined
}

/**
 * The cheap comparison of a value with the first of its client, which was compared in full: the way to one value that is no
 * object, by the first key of each object, the lengths of the lists on it, and what stands at its end; of a text only its
 * length. It reads a few properties and allocates nothing, whatever the size, so that it costs every arm the same.
 */
export class ValueSample {
  readonly #steps: readonly Step[]
  readonly #end: unknown

  constructor(value: unknown) {
    const steps: Step[] = []
    let at = value
    while (isObject(at) && steps.length < deepest) {
      const [key] = Object.keys(at)
      if (key === undefined) break
      steps.push({ key, length: lengthOf(at) })
      at = at[key]
    }
    this.#steps = steps
    this.#end = at
  }

  /** Whether another value is like the first, as far as the sample tells. */
  matches(value: unknown): boolean {
    let at = value
    for (let index = 0; index < this.#steps.length; index++) {
      const step = this.#steps[index] as Step
      if (!isObject(at) || lengthOf(at) !== step.length) return false
      at = at[step.key]
    }
    const end = this.#end
    if (typeof end === 'string') return typeof at === 'string' && at.length === end.length
    if (isObject(end)) return isObject(at) && lengthOf(at) === lengthOf(end)
    return Object.is(at, end)
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function lengthOf(value: object): number | undefined {
  return Array.isArray(value) ? value.length : undefined
}
