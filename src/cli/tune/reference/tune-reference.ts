import { readFileSync } from 'node:fs'
import { type RecordedReference, readBudgetFile } from '../../../helpers/budgets/budget-file.ts'
import { exitCodes } from '../../../helpers/budgets/exit-code.ts'
import { type ReferenceMove, withSinceFirst } from '../../../helpers/budgets/reference-moves.ts'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import type { ClientComparison } from '../../../helpers/reports/comparison.ts'
import { openSession } from '../../../helpers/session/session.ts'
import type { NpmSettings } from '../../../helpers/trees/npm.ts'
import { type Project, projectAt } from '../../../helpers/trees/project.ts'
import { referenceIntegrity, verifyReference } from '../../../helpers/trees/reference-tree.ts'
import type { Surroundings } from '../../run.ts'
import { type OpenTuning, openTuning } from '../open-tuning.ts'
import { ratesOf } from '../proposal.ts'
import type { ProposedFile } from '../propose-all.ts'
import { type Evidence, proposeFrom } from '../propose-from.ts'
import { tunedText } from '../write-tuned.ts'
import { askedReference } from './asked-reference.ts'
import { type CandidateTree, candidateTree } from './candidate-tree.ts'
import { measureChanges } from './measure-changes.ts'
import { type NeededReason, neededReasons, reasonLine } from './move-reasons.ts'
import { moveText } from './move-text.ts'
import { movedChanges } from './moved-changes.ts'
import { swapReference } from './swap-reference.ts'

/** How a reference is to be moved. */
export interface MoveOptions extends Pick<Evidence, 'runs' | 'equal'> {
  /** Such as `axios@1.22.0`. */
  readonly reference: readonly string[]
  readonly write: boolean
  /** Why what is compared with may be worse, or budgets looser. */
  readonly reason?: string
  /** For tests. */
  readonly npm?: NpmSettings
}

/**
 * `wiregauge tune --reference`: installs the new reference beside the old, measures and shows the difference, tunes against it
 * the budgets that rest on it, and puts tree, lock and budgets in place together, or nothing.
 *
 * @returns The exit code.
 * @throws {UsageError} for a reference that the project cannot move to, for a move that needs a reason and has none, and
 * where a budget would promise more than can be shown.
 */
export async function tuneReference(options: MoveOptions, surroundings: Surroundings, now: Date): Promise<number> {
  const { write, reason, npm } = options
  const { root, out, progress, signal } = surroundings
  const asked = options.reference.map(askedReference)
  const project = projectAt(root)
  const found = openReference(project, progress.line)
  const date = now.toISOString().slice(0, 10)
  requireHere(await openTuning({ names: [], missing: false, all: true, date }, surroundings))
  using candidate = await candidateTree(asked, project, { say: progress.line, signal, ...(npm && { npm }) })

  const comparisons = await measureChanges({ old: project.referenceTree, next: candidate.tree }, surroundings)
  progress.end()
  const invalid = comparisons.flatMap(({ verdicts }) => verdicts).find(({ state }) => state === 'invalid')
  if (invalid !== undefined) {
    progress.line(`the reference stays: ${invalid.client} ${invalid.scenario} is invalid: ${invalid.reason}`)
    return exitCodes.invalid
  }
  const { moves = [] } = found.reference
  const needed = neededReasons(comparisons, moves)
  const move = moveOf(comparisons, candidate, { moves, date, needed, reason })
  out.write(`${moveText(move)}\n`)
  requireReason(needed, { write, reason, say: progress.line })

  const opened = await openTuning(
    {
      names: [],
      missing: false,
      all: true,
      date,
      only: new Set(comparisons.map(({ client, scenario }) => `${client} ${scenario}`)),
      reference: {
        tree: candidate.tree,
        recorded: { ...found.reference, integrity: referenceIntegrity(candidate.tree), moves: [...moves, move] },
      },
    },
    surroundings,
  )
  const proposed = comparisons.length === 0 ? nothing(opened) : await proposeFrom(opened, options, surroundings)
  if (proposed === undefined) return exitCodes.interrupted
  if (proposed.proposals.some(({ change }) => change === 'refused') || proposed.lacking.length > 0) {
    progress.line('the reference stays: tree, lock and budgets change together, and some budgets cannot')
    return exitCodes.usage
  }
  if (!write) {
    out.write('nothing is written without --write\n')
    return exitCodes.pass
  }
  if (opened.text !== found.text) {
    throw new UsageError('the reference stays: the budget file has changed since this began; move it again')
  }
  const { text: budgets, entries, confirmed } = tunedText(opened, proposed, reason)
  moveTogether(candidate, project, { before: found.reference.integrity, budgets })
  out.write(
    `the reference is moved, with its lock and the budgets (entries written: ${entries}, confirmed: ${confirmed})\n`,
  )
  out.write(
    'budgets that do not rest on it stay as they are; `wiregauge tune` with the names of its clients looks at them\n',
  )
  return exitCodes.pass
}

/** What a budget file says of a reference with a frozen tree. */
type FrozenReference = RecordedReference & Required<Pick<RecordedReference, 'integrity'>>

/** The budget file of a project, with a reference that is what it was tuned against. */
function openReference(
  project: Project,
  say: (line: string) => void,
): { readonly text: string; readonly reference: FrozenReference } {
  const file = readBudgetFile(project.budgetFile)
  openSession({ project, seed: 0, say }, file)
  const { reference } = file
  if (reference?.integrity === undefined) {
    throw new UsageError(
      'the budget file names no frozen reference, so there is none to move; put one into perf/reference (package.json and ' +
        'package-lock.json), and tune from scratch',
    )
  }
  return { text: readFileSync(project.budgetFile, 'utf8'), reference: { ...reference, integrity: reference.integrity } }
}

/** What the ledger gets: a reason stands with what needed it, and with nothing else. */
function moveOf(
  comparisons: readonly ClientComparison[],
  { packages }: CandidateTree,
  {
    moves,
    date,
    needed,
    reason,
  }: {
    readonly moves: readonly ReferenceMove[]
    readonly date: string
    readonly needed: readonly NeededReason[]
    readonly reason: string | undefined
  },
): ReferenceMove {
  const isNeeded = (budget: { readonly client: string; readonly scenario: string; readonly budget: string }): boolean =>
    needed.some(
      (each) => each.client === budget.client && each.scenario === budget.scenario && each.budget === budget.budget,
    )
  const changes = comparisons.flatMap(movedChanges)
  const withReasons = changes.map((each) => (reason !== undefined && isNeeded(each) ? { ...each, reason } : each))
  return { date, packages, budgets: withSinceFirst(moves, withReasons) }
}

/** Said before budgets are measured, which takes a while. */
function requireReason(
  needed: readonly NeededReason[],
  { write, reason, say }: { write: boolean; reason: string | undefined; say: (line: string) => void },
): void {
  if (needed.length === 0 || reason !== undefined) return
  const lines = needed.map((each) => `\n  ${reasonLine(each)}`)
  const text = `a reference like this needs a --reason, which is stored with it:${lines.join('')}`
  if (write) throw new UsageError(`nothing is written: ${text}`)
  say(text)
}

function requireHere({ elsewhere }: OpenTuning): void {
  if (elsewhere.length === 0) return
  throw new UsageError(
    `the budgets were tuned elsewhere (this is ${elsewhere.join('; ')}), and a part of them cannot be tuned here; move the ` +
      'reference where they were tuned, or tune all of them first',
  )
}

/** What is proposed where no budget rests on what moves. */
function nothing({ file }: OpenTuning): ProposedFile {
  return { file, proposals: [], lacking: [], rates: ratesOf(file), packages: {}, runs: 1 }
}

function moveTogether(
  candidate: CandidateTree,
  project: Project,
  { before, budgets }: { readonly before: string; readonly budgets: string },
): void {
  try {
    // Whoever has moved it meanwhile is not undone.
    verifyReference(project.referenceTree, before)
    swapReference(candidate, project, budgets)
  } catch (cause) {
    throw new UsageError(`the reference stays: ${(cause as Error).message}`, { cause })
  }
}
