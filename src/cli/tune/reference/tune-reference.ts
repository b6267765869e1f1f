import { readBudgetFile } from '../../../helpers/budgets/budget-file.ts'
import { exitCodes } from '../../../helpers/budgets/exit-code.ts'
import { type ReferenceMove, recordedRatio, withSinceFirst } from '../../../helpers/budgets/reference-moves.ts'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import type { ClientComparison } from '../../../helpers/reports/comparison.ts'
import { openSession } from '../../../helpers/session/session.ts'
import type { NpmSettings } from '../../../helpers/trees/npm.ts'
import { projectAt } from '../../../helpers/trees/project.ts'
import { referenceIntegrity } from '../../../helpers/trees/reference-tree.ts'
import { parseTarget } from '../../compare/target.ts'
import type { Surroundings } from '../../run.ts'
import { openTuning } from '../open-tuning.ts'
import { type Evidence, proposeFrom } from '../propose-from.ts'
import { tunedText } from '../write-tuned.ts'
import { type AskedReference, type CandidateTree, candidateTree } from './candidate-tree.ts'
import { measureChanges } from './measure-changes.ts'
import { changeIn, moveReasons } from './move-reasons.ts'
import { moveText } from './move-text.ts'
import { swapReference } from './swap-reference.ts'

/** How a reference is to be moved. */
export interface MoveOptions extends Pick<Evidence, 'runs' | 'equal'> {
  /** Such as `axios@1.22.0`. */
  readonly reference: string
  readonly write: boolean
  /** Why what is compared with may be slower, or budgets looser. */
  readonly reason?: string
  /** For tests. */
  readonly npm?: NpmSettings
}

/**
 * `wiregauge tune --reference`: installs the new reference beside the old, measures and shows the difference, tunes the
 * budgets of the clients that it makes a difference to against it, and puts tree, lock and budgets in place together, or
 * nothing.
 *
 * @returns The exit code.
 * @throws {UsageError} for a reference that the project cannot move to, for a move that needs a reason and has none, and
 * where a budget would promise more than can be shown.
 */
export async function tuneReference(options: MoveOptions, surroundings: Surroundings, now: Date): Promise<number> {
  const { reference: text, write, reason, npm } = options
  const { root, out, progress, signal } = surroundings
  const asked = askedReference(text)
  const project = projectAt(root)
  const file = readBudgetFile(project.budgetFile)
  // Makes sure that what is moved from is what the budgets were tuned against.
  openSession({ project, seed: 0, say: progress.line }, file)
  if (file.reference === undefined) throw new UsageError('the budget file names no reference, so there is none to move')
  const { moves = [] } = file.reference
  using candidate = await candidateTree(asked, project, { say: progress.line, signal, ...(npm && { npm }) })

  const comparisons = await measureChanges({ old: project.referenceTree, next: candidate.tree }, surroundings)
  progress.end()
  const invalid = comparisons.find((each) => changeIn(each) === undefined)
  if (invalid !== undefined) {
    const why = invalid.verdicts[0]?.reason ?? 'nothing was measured'
    progress.line(`the reference stays: ${invalid.client} ${invalid.scenario} is invalid: ${why}`)
    return exitCodes.invalid
  }
  const move = moveOf(comparisons, candidate, { moves, date: now.toISOString().slice(0, 10), reason })
  out.write(`${moveText(move)}\n`)
  requireReason(moveReasons(comparisons, moves), { write, reason, say: progress.line })

  const only = new Set(comparisons.map(({ client, scenario }) => `${client} ${scenario}`))
  const recorded = { integrity: referenceIntegrity(candidate.tree), moves: [...moves, move] }
  const opened = await openTuning(
    { names: [], missing: false, all: true, date: move.date, only, reference: { tree: candidate.tree, recorded } },
    surroundings,
  )
  requireHere(opened.elsewhere)
  const proposed = await proposeFrom(opened, options, surroundings)
  if (proposed === undefined) return exitCodes.interrupted
  const refused = proposed.proposals.some(({ change }) => change === 'refused')
  if (refused || proposed.lacking.length > 0) {
    progress.line('the reference stays: tree, lock and budgets change together, and some budgets cannot')
    return exitCodes.usage
  }
  if (!write) {
    out.write('nothing is written without --write\n')
    return exitCodes.pass
  }
  const { text: budgets, entries } = tunedText(opened, proposed, reason)
  moveTogether(candidate, project, budgets)
  out.write(`the reference is moved, with its lock and the budgets (entries written: ${entries})\n`)
  return exitCodes.pass
}

/** @throws {UsageError} for anything but a package with an exact version. */
function askedReference(text: string): AskedReference {
  const target = parseTarget(text)
  if (target.kind === 'version' && /^\d+\.\d+\.\d+/.test(target.version)) {
    return { name: target.package, version: target.version }
  }
  throw new UsageError(
    `${JSON.stringify(text)} is no reference: expected a package with its exact version, as in axios@1.20.0`,
  )
}

function moveOf(
  comparisons: readonly ClientComparison[],
  { packages }: CandidateTree,
  { moves, date, reason }: { moves: readonly ReferenceMove[]; date: string; reason: string | undefined },
): ReferenceMove {
  const changes = comparisons.flatMap((each) => changeIn(each) ?? [])
  const recorded = changes.map((each) => ({ ...each, change: recordedRatio(each.change) }))
  return { date, packages, throughput: withSinceFirst(moves, recorded), ...(reason === undefined ? {} : { reason }) }
}

/** Said before budgets are measured, which takes a while. */
function requireReason(
  reasons: readonly string[],
  { write, reason, say }: { write: boolean; reason: string | undefined; say: (line: string) => void },
): void {
  if (reasons.length === 0 || reason !== undefined) return
  const text = `a reference like this needs a --reason, which is stored with it:${reasons.map((each) => `\n  ${each}`).join('')}`
  if (write) throw new UsageError(`nothing is written: ${text}`)
  say(text)
}

function requireHere(elsewhere: readonly string[]): void {
  if (elsewhere.length === 0) return
  throw new UsageError(
    `the budgets were tuned elsewhere (this is ${elsewhere.join('; ')}), and a part of them cannot be tuned here; move the ` +
      'reference where they were tuned, or tune all of them first',
  )
}

function moveTogether(candidate: CandidateTree, project: Parameters<typeof swapReference>[1], budgets: string): void {
  try {
    swapReference(candidate, project, budgets)
  } catch (cause) {
    throw new UsageError(`the reference stays: ${(cause as Error).message}`, { cause })
  }
}
