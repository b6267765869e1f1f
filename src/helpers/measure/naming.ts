import { InvalidWorkError } from './invalid-work-error.ts'

/** Has failures name the client, whose process only knows it as an arm. */
export async function naming<Result>(client: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InvalidWorkError) || error.message.startsWith(`${client}:`)) throw error
    throw new InvalidWorkError(`${client}: ${error.message}`, { cause: error })
  }
}
