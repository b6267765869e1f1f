import { Command, InvalidArgumentError } from 'commander'
import { exitCodes } from '../helpers/budgets/exit-code.ts'
import { seedIn, seedRange } from '../helpers/session/seed.ts'
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
  .option('--seed <number>', 'repeat the drawing of an earlier run', seed)
  .option('--strict', 'inconclusive fails everywhere')
  .option('--all', 'also measure, without budgets, what no spec measures')
  .action(async (clients: string[], options: RunOptions) => {
    process.exitCode = await run(clients, options, surroundings)
  })

function seed(text: string): number {
  const given = seedIn(text)
  if (given === undefined) throw new InvalidArgumentError(`Expected ${seedRange}.`)
  return given
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
  if (code === 'WIREGAUGE_INTERRUPTED') return exitCodes.interrupted
  if (!code.startsWith('WIREGAUGE_')) throw error
  surroundings.progress.line((error as Error).message)
  return exitCodes.usage
}
