import { UsageError } from '../src/helpers/budgets/usage-error.ts'

/** A whole number above 0 that somebody typed. @throws {UsageError} for anything else, with the option. */
export function countIn(option: string, text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) {
    throw new UsageError(`--${option} is ${JSON.stringify(text)}; expected a whole number above 0`)
  }
  return number
}
