/**
 * What the command `wiregauge` says to command lines, by its own parser and without doing anything: `node parse-commands.ts JSON`
 * with a list of lists of words. Prints a list of problems, null for those that are right. In a process of its own, because the
 * command begins when it is loaded.
 */
import { Command, type CommanderError } from 'commander'

const { action } = Command.prototype
Command.prototype.action = function doNothing(): Command {
  return action.call(this, () => {})
}
let program: Command | undefined
const { parseAsync } = Command.prototype
Command.prototype.parseAsync = function keep(): Promise<Command> {
  program = this
  return Promise.resolve(this)
}
await import('../../src/cli/main.ts')
if (program === undefined) throw new Error('the command parsed nothing when it was loaded')
const wiregauge = program
for (const each of [wiregauge, ...wiregauge.commands]) {
  each.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} })
}

const [lines = '[]'] = process.argv.slice(2)
const problems: (string | null)[] = []
for (const words of JSON.parse(lines) as string[][]) {
  problems.push(
    await parseAsync.call(wiregauge, words, { from: 'user' }).then(
      () => null,
      ({ message, exitCode }: CommanderError) => (exitCode === 0 ? null : message),
    ),
  )
}
process.stdout.write(JSON.stringify(problems))
process.exitCode = 0
