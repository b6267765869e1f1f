/**
 * What a page of the reference says of its module as a whole: the text between its heading and the next one, from the comment with
 * `@module` at the top of the source. Empty where it says nothing, as of a set-up file that exports nothing either.
 */
export function descriptionIn(page: string): string {
  const [, text = ''] = page.split(/^#.*$/m)
  return text.trim()
}
