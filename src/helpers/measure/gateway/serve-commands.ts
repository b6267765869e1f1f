import process from 'node:process'
import { type Failure, failureOf } from '../failure.ts'

/**
 * The child's side of `AskedProcess`: takes one command at a time, and ends with its parent.
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
  process.on('message', (command: Command) => {
    doing = command.type
    obey(command).then(say, fail)
  })
  process.on('unhandledRejection', fail)
  process.on('uncaughtException', fail)
  process.on('disconnect', () => process.exit())
  // Ctrl-C, and whatever else ends a process group, reaches all of it; the parent ends this process when it has noted what
  // it has.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
  return fail
}
