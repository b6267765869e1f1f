/**
 * Stands between `command.ts` and a program such as npm, as the leader of a group of their own: when the process that started
 * it is gone, even by a kill that it could not answer, the program ends with all that it has started. How that ends is how
 * this ends.
 *
 * The arguments are the command and its own.
 */
import { spawn } from 'node:child_process'
import process from 'node:process'
import { endGroup } from './process-group.ts'

const [command = '', ...args] = process.argv.slice(2)

process.on('disconnect', () => endGroup(process.pid))
// Whoever listens for its end would be kept alive by the channel.
process.channel?.unref()
const child = spawn(command, args, { stdio: 'inherit', windowsHide: true })
child.once('error', ({ message }) => process.send?.(message))
child.once('exit', (code, signal) => {
  if (signal === null) process.exitCode = code ?? 1
  else process.kill(process.pid, signal)
})
