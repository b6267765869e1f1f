import { existsSync } from 'node:fs'
import path from 'node:path'
import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { plainText } from '../../helpers/reports/plain-text.ts'
import type { Surroundings } from '../run.ts'
import { type FoundProject, foundProject } from './detect/found-project.ts'
import { namedGuesses, type Said } from './guess/named-guesses.ts'
import { changesText, undoText } from './plan/changes-text.ts'
import { requireCommittable } from './plan/committable.ts'
import { plannedProject, specFiles } from './plan/planned-project.ts'
import { requireNoScript } from './plan/scripts.ts'
import { requireAsPlanned, writeChanges } from './plan/write-changes.ts'
import { type Proven, proveGuesses } from './probe/prove-guesses.ts'
import { askedFor, QuestionInterruptedError, type Questions, questionsIn } from './questions.ts'
import { referenceFor } from './reference.ts'
import { stagingIn } from './staging.ts'
import { summaryText } from './summary.ts'
import { draftFor } from './tuning/draft.ts'
import { type FirstBudgets, firstBudgets, type MeasureRuns } from './tuning/first-budgets.ts'
import { unprovenText } from './unproven.ts'

export interface InitOptions extends Omit<Said, 'exportName'> {
  readonly export?: string
  /** What the client is asked for. */
  readonly path?: string
  /** JSON text that it is answered with. */
  readonly json?: string
  /** Command that builds what is measured. Default: the script `build`, where it is what a build made. */
  readonly build?: string
  /** Branch that pull requests go to. Default: that of `origin`, or a usual one, or the only one. */
  readonly base?: string
  /** Writes without asking, and without a terminal. */
  readonly yes?: boolean
  /** `false`: also where there is no commit to compare with. */
  readonly reference?: boolean
}

/** What init works with, other in tests. */
export interface InitTools {
  readonly measure?: MeasureRuns
  /** Default: the terminal, where there is one. */
  readonly questions?: Questions
}

/**
 * `wiregauge init`: writes what gates the HTTP client of a project: adapter, spec, budgets measured on the spot, the entry for
 * its test runner, scripts and a workflow. Nothing is there before all of it is known to work, and nothing is overwritten.
 *
 * @returns The exit code: that of wrong usage where nothing was written.
 * @throws {UsageError} for what is missing, what is there already, and a client that cannot be called.
 */
export async function init(options: InitOptions, surroundings: Surroundings, tools: InitTools = {}): Promise<number> {
  try {
    return await written(options, surroundings, tools)
  } catch (error) {
    if (!(error instanceof QuestionInterruptedError)) throw error
    surroundings.progress.line(error.message)
    return exitCodes.interrupted
  }
}

async function written(options: InitOptions, surroundings: Surroundings, tools: InitTools): Promise<number> {
  const { root: folder, out, progress, signal } = surroundings
  const found = await foundProject(folder, signal, options.base)
  requireNothingThere(found)
  const reference = referenceFor(found, options.reference ?? true)
  const questions = options.yes ? undefined : (tools.questions ?? terminal(signal))
  using staging = stagingIn(found.root)

  const proven = await provenClient(found, options, path.join(staging.folder, 'tried'), questions, surroundings)
  const build = proven.guess.isBuilt ? buildCommand(found, options.build) : options.build
  const recorded = reference && { ...reference, ...(build !== undefined && { build }) }
  const stated = draftFor(reference !== undefined)
  const parts = { found, proven, ...(build !== undefined && { build }) }
  const draft = plannedProject({ ...parts, stated, budgets: '' })
  for (const change of draft.changes) requireAsPlanned(change, found.root)
  await requireCommittable(draft.changes, found, signal)
  out.write(
    `${summaryText(found, proven, reference)}\n\nto be written:\n${changesText(draft.changes.filter(isNoBudgetFile), found.root)}\n`,
  )
  out.write(
    '  new   perf/budgets.json (measured here, which takes some minutes; the thresholds of the spec then follow from it)\n',
  )
  for (const note of draft.notes) out.write(`note: ${plainText(note)}\n`)
  if (!options.yes && !(await isAgreed(questions))) {
    throw new UsageError(
      questions === undefined ? 'nothing is written: there is no terminal to ask in; add --yes' : 'nothing is written',
    )
  }

  for (const [name, text] of Object.entries(specFiles({ ...parts, stated }))) staging.write(name, text)
  const begun = { project: staging.project, ...(recorded !== undefined && { base: recorded }) }
  const budgets = await firstBudgets(begun, surroundings, tools.measure)
  if (budgets === undefined) {
    progress.line('interrupted: nothing is written')
    return exitCodes.interrupted
  }
  const { changes } = plannedProject({ ...parts, stated: budgets.stated, budgets: withSchema(budgets.text) })
  writeChanges(changes, found.root)
  const [promises, undo] = [promisesText(budgets), undoText(changes, found.root)]
  out.write(`\nwritten: ${changes.length} files, as above\n${promises}\n${undo}\n`)
  out.write(`next: commit it, and ${found.manager.name} test gates\n`)
  return exitCodes.pass
}

function isNoBudgetFile({ file }: { readonly file: string }): boolean {
  return path.basename(file) !== 'budgets.json'
}

function terminal(signal: AbortSignal): Questions | undefined {
  return process.stdin.isTTY && process.stderr.isTTY ? questionsIn(process.stdin, process.stderr, signal) : undefined
}

async function isAgreed(questions: Questions | undefined): Promise<boolean> {
  return /^y/i.test((await questions?.ask('write it?', 'y')) ?? 'no')
}

/** @throws {UsageError} where a project has budgets, or a script of the name: before anything is tried. */
function requireNothingThere({ root, manifestFile }: FoundProject): void {
  if (existsSync(path.join(root, 'perf/budgets.json'))) {
    throw new UsageError(
      `perf/budgets.json is there already, so the project has budgets; add specs to perf/ by hand, and \`wiregauge tune --missing --write\``,
    )
  }
  requireNoScript(manifestFile.manifest)
}

/** Finds a client that can be called; who sits at a terminal is asked for what cannot be guessed. */
async function provenClient(
  found: FoundProject,
  options: InitOptions,
  folder: string,
  questions: Questions | undefined,
  { progress, signal }: Surroundings,
): Promise<Proven> {
  const { root, language, manifestFile } = found
  const json = options.json === undefined ? undefined : parsedJson(options.json)
  let { module, export: exportName, open, call, path: asked } = options
  for (let attempt = 0; ; attempt++) {
    const said: Said = {
      ...(module !== undefined && { module }),
      ...(exportName !== undefined && { exportName }),
      ...(open !== undefined && { open }),
      ...(call !== undefined && { call }),
    }
    const candidates = namedGuesses(root, manifestFile.manifest, said)
    const { guesses, using } = candidates
    const proven = await proveGuesses(guesses, {
      root,
      folder: path.join(folder, String(attempt)),
      language,
      signal,
      say: progress.live,
      anyMethod: call !== undefined,
      ...(asked !== undefined && { path: asked }),
      ...(json !== undefined && { json: json.value }),
    })
    progress.end()
    if ('guess' in proven) return proven
    const problem = unprovenText(proven.failures, candidates)
    if (questions === undefined || attempt >= mostAttempts) throw new UsageError(problem)
    progress.line(problem)
    ;({
      module,
      exportName,
      open,
      call,
      path: asked,
    } = await askedFor(questions, {
      module: module ?? guesses[0]?.module ?? using[0],
      exportName: exportName ?? guesses[0]?.exportName,
      open,
      call: call ?? guesses[0]?.call,
      path: asked,
    }))
  }
}

/** Who has answered so often without success has something to look up. */
const mostAttempts = 3

function parsedJson(text: string): { readonly value: unknown } {
  try {
    return { value: JSON.parse(text) }
  } catch (cause) {
    throw new UsageError(`--json is no JSON: ${(cause as Error).message}`, { cause })
  }
}

function buildCommand({ manager, manifestFile }: FoundProject, given: string | undefined): string {
  if (given !== undefined) return given
  if (manifestFile.manifest.scripts?.['build'] !== undefined) return `${manager.run} build`
  throw new UsageError(
    'what is measured is what a build made, and there is no script "build"; give the command with --build',
  )
}

/** The schema is that of the package, which the folder that was measured in is further away from. */
function withSchema(text: string): string {
  return text.replace(
    /"\$schema": "[^"]*"/,
    '"$schema": "../node_modules/wiregauge/dist/helpers/budgets/budgets.schema.json"',
  )
}

function promisesText({ stated, left }: FirstBudgets): string {
  const reference = stated.find(({ place }) => place === 'reference')
  const caught =
    reference === undefined
      ? 'the gate holds the client against nothing but node:http: it catches cliffs, and no small change'
      : `the gate goes red when the client becomes slower by ${reference.catches} or more, with a power of 95 %`
  const wide = reference !== undefined && Number.parseFloat(reference.catches) > wantedPercent
  return [
    caught,
    ...(wide
      ? [
          `that is more than ${wantedPercent} %, as this machine scatters; tune on a quieter one: wiregauge tune --write`,
        ]
      : []),
    ...(left.length > 0 ? [`not stated, because it scatters too much here: ${left.map(plainText).join(', ')}`] : []),
  ].join('\n')
}

/** What a gate should catch, in per cent. */
const wantedPercent = 10
