/** What is no byte of a header line, which has one for a character, or is a space at an end. */
const unclean = /^[\t ]|[^\t\x20-\x7e\x80-\xff]|[\t ]$/

/** Whether a value is sent as it is: axios leaves out what a line cannot hold, and spaces at the ends. */
export function isClean(value: string): boolean {
  return !unclean.test(value)
}

export type HeaderValue = string | string[]

/** Several values of a header as Node's client sends them: a line each, but of cookies one line. */
export function asNodeSends(lowerName: string, values: string[]): HeaderValue {
  return lowerName === 'cookie' ? values.join('; ') : values
}
