/** What a run may take, in seconds: one with several changed clients, some of them open until their last look, stays below it. */
export const defaultCapSeconds = 600

/** The same for a run that asks for what is wide by its tag, which takes a quarter of an hour without anything open. */
const wideCapSeconds = 1_800

/** The cap where nobody gave one. @param tagsFilter As Vitest was given it, such as `['!wide']`. Default: none. */
export function defaultCapFor(tagsFilter: readonly string[] = []): number {
  return tagsFilter.some((expression) => /(?<![!\w-])wide(?![\w-])/.test(expression))
    ? wideCapSeconds
    : defaultCapSeconds
}

/** What a cap is, for messages. */
export const capRange = 'a number of seconds above 0'

/** The cap in seconds that somebody typed, or undefined when it is none. */
export function capIn(text: string): number | undefined {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  return seconds > 0 ? seconds : undefined
}
