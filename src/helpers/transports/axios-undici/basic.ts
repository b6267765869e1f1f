/** The value of a header with credentials. @param userAndPassword With a colon between. */
export function basic(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`
}
