import { Command, InvalidArgumentError } from 'commander'
import { exitCodes } from '../helpers/budgets/exit-code.ts'
import { progressOn } from './progress.ts'
import { type RunOptions, run } from './run.ts'

/** The command `wiregauge`: parses, runs one verb, and sets the exit code (DESIGN section 5). */
const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())
process.once('SIGTERM', () => interruption.abort())

const surroundings = {
  root: process.cwd(),
  out: process.stdout,
  progress: progressOn(process.stderr),
  signal: interruption.signal,
}

const program = new Command('wiregauge')
  .description('Throughput budgets for HTTP clients')
  .exitOverride()
  .showHelpAfterError('(wiregauge --help lists the commands)')

program
  .command('run')
  .description('measure, judge by the specs of perf/ and print: the gate without Vitest')
  .argument('[client...]', 'clients to measure, by default all of the specs')
  .option('--scenario <name>', 'only this scenario')
  .option('--json <file>', 'write the machine-readable result here as well')
  .option('--seed <number>', 'repeat the drawing of an earlier run', wholeNumber)
  .option('--strict', 'inconclusive fails everywhere')
  .option('--all', 'also measure, without budgets, what no spec measures')
  .action(async (clients: string[], options: RunOptions) => {
    process.exitCode = await run(clients, options, surroundings)
  })

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Expected a whole number from 0.')
  return value
}

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeFor(error)
}

/** Commander has printed its own errors; help that was asked for is none. */
function exitCodeFor(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('commander.'))
    return (error as { exitCode?: number }).exitCode === 0 ? exitCodes.pass : exitCodes.usage
  if (!code.startsWith('WIREGAUGE_')) throw error
  surroundings.progress.line((error as Error).message)
  return exitCodes.usage
}
