import process from 'node:process'

/**
 * The child's side of `AskedProcess`: takes one command at a time, and ends with its parent.
 *
 * @param obey Answers a command.
 * @param fail Told what a command rejects with, and whatever is thrown beside one.
 */
export function obeyParent<Command>(obey: (command: Command) => Promise<void>, fail: (error: unknown) => void): void {
  process.on('message', (command: Command) => obey(command).catch(fail))
  process.on('unhandledRejection', fail)
  process.on('uncaughtException', fail)
  process.on('disconnect', () => process.exit())
  // Ctrl-C, and whatever else ends a process group, reaches all of it; the parent ends this process when it has noted what
  // it has.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
}
