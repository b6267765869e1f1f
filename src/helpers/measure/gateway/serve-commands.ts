import process from 'node:process'
import { type Failure, failureOf } from '../failure.ts'
import { obeyParent } from '../obey-parent.ts'

/**
 * Answers the commands of the parent, one at a time, by what a function returns or throws.
 *
 * @param role What the process is in messages, e.g. `gateway`.
 * @returns Tells the parent, unasked, that the work is not the work any more.
 */
export function serveCommands<Command extends { type: string }, Answer extends { type: string }>(
  role: string,
  obey: (command: Command) => Promise<Answer>,
): (error: unknown) => void {
  let doing = 'its start'
  const say = (message: Answer | Failure): void => {
    process.send?.(message)
  }
  const fail = (error: unknown): void => say(failureOf(error, `the ${role} failed in ${doing}`))
  obeyParent<Command>(async (command) => {
    doing = command.type
    say(await obey(command))
  }, fail)
  return fail
}
