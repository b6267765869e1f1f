import { Command, InvalidArgumentError, Option } from 'commander'
import { exitCodes } from '../helpers/budgets/exit-code.ts'
import { keepIn, keepRange } from '../helpers/reports/history/keep-run.ts'
import { plainText } from '../helpers/reports/plain-text.ts'
import { capIn, capRange } from '../helpers/session/cap.ts'
import { seedIn, seedRange } from '../helpers/session/seed.ts'
import { InstallInterruptedError } from '../helpers/trees/npm-error.ts'
import type { BisectVerbOptions } from './bisect/verb.ts'
import type { CompareOptions } from './compare/compare.ts'
import type { InitOptions } from './init/init.ts'
import { interruption } from './interruption.ts'
import { progressOn } from './progress.ts'
import { partNames } from './prove/proof.ts'
import type { ProveOptions } from './prove/prove.ts'
import type { ReportOptions } from './report/report.ts'
import { type RunOptions, run } from './run.ts'
import type { TuneOptions } from './tune/tune.ts'
import { unexpected } from './unexpected.ts'

/** The command `wiregauge`: parses, runs one verb, and sets the exit code (DESIGN section 5). */
const surroundings = {
  root: process.cwd(),
  out: process.stdout,
  progress: progressOn(process.stderr),
  signal: interruption(),
}

// Whoever read the output has enough of it, as `head` has: the record and the exit code are what count.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
  })
}
process.on('uncaughtException', (error) => {
  surroundings.progress.line(unexpected(error))
  process.exit(exitCodes.usage)
})

const program = new Command('wiregauge')
  .description('Throughput budgets for HTTP clients')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(plainError(text)) })
  .showHelpAfterError('(wiregauge --help lists the commands)')

program
  .command('init')
  .description(
    "write a gate for the project's own HTTP client: adapter, spec, budgets measured here, scripts, workflow",
  )
  .option('--module <file>', 'module of the client, ./src/api.ts (default: found by what it imports)')
  .option('--export <name>', 'its export that is the client, or makes one')
  .option('--open <expression>', 'what makes a client: createApi({ baseURL: origin })')
  .option('--call <expression>', "what makes one request: api.getItem('42')")
  .option('--path <path>', 'path that the client is to ask for, /items/42')
  .option('--json <text>', 'what it is answered, as recorded of the service')
  .option('--build <command>', 'builds what is measured (default: the script "build", where it is built)')
  .option('--base <branch>', 'branch that pull requests go to (default: that of origin, or main, or the only one)')
  .option('--no-reference', 'without a commit to compare with: a gate that catches cliffs only')
  .option('--yes', 'write without asking')
  .action(async (options: InitOptions) => {
    const { init } = await import('./init/init.ts')
    process.exitCode = await init(options, surroundings)
  })

program
  .command('run')
  .description('measure, judge by the specs of perf/ and print: the gate without Vitest')
  .argument('[client...]', 'clients to measure, by default those of the specs that are not wide')
  .option('--scenario <name>', 'only this scenario')
  .option('--json <file>', 'write the machine-readable result here as well')
  .option('--seed <number>', 'repeat the drawing of an earlier run', seed)
  .option('--strict', 'inconclusive fails everywhere')
  .option('--cap <seconds>', 'stop gathering evidence after so long', cap)
  .option('--keep <runs>', 'the most runs that stay in reports/history', keep)
  .option('--all', 'measure wide specs as well, and without budgets what no spec measures')
  .action(async (clients: string[], options: RunOptions) => {
    process.exitCode = await run(clients, options, surroundings)
  })

program
  .command('compare')
  .description('measure head against base, side by side: versions of a package or of Node, commits, folders')
  .argument('[client...]', 'clients to measure, by default those of the specs that the sides can make a difference to')
  .requiredOption('--base <side>', 'axios@1.20.0, node@24.21.0, a git ref, or a folder (./…)')
  .option('--head <side>', 'the same; by default the working tree')
  .option('--scenario <name>', 'only this scenario, also one that no spec measures')
  .option('--all', 'between trees, also measure what cannot have changed')
  .option('--explain', 'profile everything, and not only what regressed')
  .option('--json <file>', 'write the machine-readable result here as well')
  .option('--junit <file>', 'write JUnit XML here')
  .option('--markdown <file>', 'write the comment for a pull request here')
  .option('--seed <number>', 'repeat the drawing of an earlier comparison', seed)
  .option('--cap <seconds>', 'stop gathering evidence after so long', cap)
  .option('--cache <folder>', 'where installed versions are kept')
  .action(async (clients: string[], options: CompareOptions) => {
    const { compare } = await import('./compare/compare.ts')
    process.exitCode = await compare(clients, options, surroundings)
  })

program
  .command('bisect')
  .description('find the published version that slowed a client down')
  .argument('<client>', 'the client to measure')
  .requiredOption('--good <version>', 'a published version that is fast')
  .requiredOption('--bad <version>', 'a newer one that is slow')
  .requiredOption('--scenario <name>', 'the scenario to measure it under')
  .option('--chart', 'measure every version of the range and draw the history')
  .option('--pre-releases', 'also search pre-releases')
  .option('--deprecated', 'also search deprecated versions')
  .option('--json <file>', 'write the machine-readable result here')
  .option('--seed <number>', 'repeat the drawing of an earlier search', seed)
  .option('--cap <seconds>', 'stop gathering evidence after so long', cap)
  .option('--cache <folder>', 'where installed versions are kept')
  .action(async (client: string, options: BisectVerbOptions) => {
    const { bisectVerb } = await import('./bisect/verb.ts')
    process.exitCode = await bisectVerb(client, options, surroundings)
  })

program
  .command('report')
  .description('merge results, of shards, machines and days, into tables, a page and Markdown')
  .argument('[file...]', 'result files, folders and globs, by default the history of the project')
  .option('--html <file>', 'write the page here and not to reports/latest.html')
  .option('--markdown <file>', 'write Markdown here as well')
  .option('--open', 'open the page in the browser')
  .option('--strict', 'inconclusive fails everywhere')
  .option(
    '--shards',
    'the files are all shards of one gate: what none of them measured is an error, and how each ended counts',
  )
  .option('--all', 'with --shards: of a gate that measures wide specs as well')
  .action(async (files: string[], options: ReportOptions) => {
    // Loaded where it is wanted: what draws takes a while.
    const { report } = await import('./report/report.ts')
    process.exitCode = await report(files, options, surroundings)
  })

program
  .command('tune')
  .description('propose budgets from runs, and show what each would catch')
  .argument('[client...]', 'clients to tune, by default those of the specs that are not wide')
  .option(
    '--runs <number>',
    'measure everything so many times (default: until every promise is kept, 3 to 6)',
    aboveZero,
  )
  .option('--from <glob>', 'read result files of earlier runs instead, may be repeated', collected)
  .option(
    '--equal <glob>',
    'records of equal builds, whose scatter counts where it is larger, may be repeated',
    collected,
  )
  .option('--missing', 'only stated budgets that have no entry yet')
  .option('--all', 'measure wide specs as well, which files and named clients always are asked for')
  .option('--machine <name>', 'with --from: tune by the runs of this machine')
  .option(
    '--reference <package@version>',
    'move the reference to what the project has, after measuring the difference, may be repeated',
    collected,
  )
  .option('--base <branch>', "compare the project's own code with the merge base of HEAD and this branch")
  .option('--build <command>', 'with --base: builds that commit in its checkout')
  .option('--write', 'write perf/budgets.json, and the reference; without it nothing is written')
  .option('--reason <text>', 'why budgets, or the reference, become looser, stored with them')
  .option('--check', 'only tell which budgets are stale: exit code 1 when any is')
  .action(async (clients: string[], options: TuneOptions) => {
    const { tune } = await import('./tune/tune.ts')
    process.exitCode = await tune(clients, options, surroundings)
  })

program
  .command('prove')
  .description('show that the gate works on this machine: equal builds stay green, injected faults go red')
  .addOption(new Option('--only <part>', 'only this part').choices(partNames))
  .option('--quick', 'a first impression, in about 2 minutes')
  .option('--trials <number>', 'trials of each case, in the place of the defaults of the parts', aboveZero)
  .option('--json <file>', 'write what the trials come to here as well')
  .addHelpText(
    'after',
    '\nTrials add up in reports/proof.json: Ctrl-C keeps them, and the next run goes on from there.',
  )
  .action(async (options: ProveOptions) => {
    // Loaded where it is wanted: what it makes builds with takes a while, and the other verbs do without.
    const { prove } = await import('./prove/prove.ts')
    process.exitCode = await prove(options, surroundings)
  })

function seed(text: string): number {
  const given = seedIn(text)
  if (given === undefined) throw new InvalidArgumentError(`Expected ${seedRange}.`)
  return given
}

function aboveZero(text: string): number {
  const given = /^\d+$/.test(text) ? Number(text) : 0
  if (given > 0) return given
  throw new InvalidArgumentError('Expected a whole number above 0.')
}

function collected(one: string, others: readonly string[] = []): readonly string[] {
  return [...others, one]
}

function keep(text: string): number {
  const given = keepIn(text)
  if (given === undefined) throw new InvalidArgumentError(`Expected ${keepRange}.`)
  return given
}

function cap(text: string): number {
  const given = capIn(text)
  if (given === undefined) throw new InvalidArgumentError(`Expected ${capRange}.`)
  return given
}

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeFor(error)
}

/** Commander's words, with what was typed as text; what it proposes stands on a line of its own. */
function plainError(text: string): string {
  const [, words = text, hint = ''] = /^([\s\S]*?)(\n\(Did you mean [^\n]*)?\n*$/.exec(text) ?? []
  return `${[words, ...(hint === '' ? [] : [hint.slice(1)])].map(plainText).join('\n')}\n`
}

/** Commander has printed its own errors; help that was asked for is none. */
function exitCodeFor(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('commander.'))
    return (error as { exitCode?: number }).exitCode === 0 ? exitCodes.pass : exitCodes.usage
  // Whatever fails when the command is ended fails for that.
  if (code === 'WIREGAUGE_INTERRUPTED' || surroundings.signal.aborted) {
    const told = error instanceof InstallInterruptedError ? error.message : 'interrupted: nothing came to its end'
    surroundings.progress.line(plainText(told))
    return exitCodes.interrupted
  }
  surroundings.progress.line(code.startsWith('WIREGAUGE_') ? (error as Error).message : unexpected(error))
  return exitCodes.usage
}
