import path from 'node:path'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { filesOf } from '../../helpers/reports/history/read-runs.ts'
import type { Surroundings } from '../run.ts'
import { type Learnt, type LearntRun, learntRuns } from './learnt-runs.ts'
import { measureRuns } from './measure-runs.ts'
import { ofNewestVersions } from './newest-versions.ts'
import type { OpenTuning } from './open-tuning.ts'
import { type ProposedFile, proposeAll } from './propose-all.ts'
import { lackingLine, leftOutLine, sayProposals } from './say-proposals.ts'

/** What is proposed by. */
export interface Evidence {
  /** How often everything is measured. Default: as often as it takes, {@link leastRuns} to {@link mostRuns}. */
  readonly runs?: number
  /** Runs that were read, in place of measuring. */
  readonly learnt?: Learnt
  /** Records of equal builds, whose scatter counts where it is larger. */
  readonly equal?: readonly string[]
}

/** Of fewer runs the scatter between them is hardly known: with 3 the bound that is stated is 2.1 times what is seen, with 2 it is 3.9 times. */
export const leastRuns = 3

/** More runs bring little: with 6, what is expected makes the error of the first look 8 % larger, √(1/2 + 1/12) against √(1/2). */
export const mostRuns = 6

/**
 * Measures what is to be tuned, or reads runs, and prints what they propose.
 *
 * @returns What is proposed; undefined when the signal was given, and whole runs were kept.
 * @throws {UsageError} where there is nothing to learn from.
 */
export async function proposeFrom(
  opened: OpenTuning,
  { runs, learnt: read, equal = [] }: Evidence,
  surroundings: Surroundings,
): Promise<ProposedFile | undefined> {
  const { progress, signal, root, out } = surroundings
  const { here } = opened
  const builds = learntRuns(filesOf(equal, root), { here, trees: 'any' })
  const proposedBy = (learnt: readonly LearntRun[]): ProposedFile => proposeAll(opened, learnt, builds.runs)
  const areEnough = (kept: readonly string[]): boolean => {
    const learnt = ofNewestVersions(learntRuns(kept, { here }).runs).runs
    return learnt.length >= leastRuns && proposedBy(learnt).proposals.every(({ change }) => change !== 'refused')
  }
  const measure = async (): Promise<readonly string[]> => {
    requireEqualTrees(opened)
    return await measureRuns(opened, runs === undefined ? { runs: mostRuns, areEnough } : { runs }, surroundings)
  }
  const measured = read === undefined ? await measure() : []
  if (signal.aborted) {
    progress.line(`interrupted: whole runs kept in reports/runs: ${measured.length}; tune --from reads them`)
    return undefined
  }
  const learnt = read ?? learntRuns(measured, { here })
  const { runs: evidence, setAside } = ofNewestVersions(learnt.runs)
  for (const each of [...learnt.leftOut, ...builds.leftOut]) progress.line(leftOutLine(each, root))
  for (const line of [...learnt.told, ...setAside]) progress.line(line)
  requireEvidence(opened, evidence)
  const proposed = proposedBy(evidence)
  sayProposals(proposed, opened, out)
  if (proposed.lacking.length > 0) progress.line(lackingLine(proposed.lacking))
  return proposed
}

/** @throws {UsageError} where no run holds anything of what is to be tuned; why has been told. */
function requireEvidence({ selects }: OpenTuning, runs: readonly LearntRun[]): void {
  const measured = runs.flatMap(({ measurements }) => measurements)
  if (measured.some(({ client, scenario }) => selects(client, scenario))) return
  throw new UsageError(
    `there is no run to tune by: of those that could be used (${runs.length}) none measured anything of it`,
  )
}

/** @throws {UsageError} where a client differs from its reference, before anything is measured that could not be learnt from. */
function requireEqualTrees({ changed, project, file }: OpenTuning): void {
  const [client] = changed
  if (client === undefined) return
  const names = changed.map(({ name }) => name).join(', ')
  if (client.library?.startsWith('./')) {
    throw new UsageError(
      `${names}: ${client.library}, or what it loads, is another than in the merge base with ${file.reference?.base}, and budgets ` +
        'are tuned on equal code; tune where it is as on that branch: before it is changed, or after it is merged',
    )
  }
  throw new UsageError(
    `${names}: the project has other files of ${client.library} than ${path.relative(project.root, project.referenceTree)}, and ` +
      `budgets are tuned on equal trees; move the reference first: wiregauge tune --reference ${client.library}@VERSION`,
  )
}
