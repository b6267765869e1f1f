import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { BudgetFile } from '../../helpers/budgets/budget-file.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { editedJson, formattedJson } from '../../helpers/reports/edited-json.ts'
import { writeWhole } from '../../helpers/reports/write-whole.ts'
import type { OpenTuning } from './open-tuning.ts'
import type { Proposal } from './proposal.ts'
import { nameOf } from './proposal-text.ts'
import type { ProposedFile } from './propose-all.ts'
import { isAccepted, tunedFile } from './tuned-file.ts'

/** A budget file as it is to be written. */
interface TunedText {
  readonly text: string
  /** How many entries it gets. */
  readonly entries: number
}

/**
 * The text of the budget file with what is accepted.
 *
 * @param reason Why budgets are loosened; undefined where nobody said.
 * @throws {UsageError} for a loosening without a reason, and for a file of which a part would stay that was tuned elsewhere.
 */
export function tunedText(opened: OpenTuning, proposed: ProposedFile, reason: string | undefined): TunedText {
  const { project, file, isNew, elsewhere, isWhole } = opened
  const { proposals, lacking } = proposed
  requireReason(proposals, reason)
  const staying = [...lacking, ...proposals.filter(({ change }) => change === 'refused')]
  if (elsewhere.length > 0 && staying.length > 0) {
    throw new UsageError(
      `nothing is written: ${staying.length} budgets would stay as they were tuned elsewhere (this is ${elsewhere.join('; ')}); ` +
        'tune all of them at once',
    )
  }
  const next = tunedFile(file, proposed.file, proposals, {
    date: opened.tuned.date,
    tuned: provenanceOf(opened, proposed, isWhole && lacking.length === 0),
    ...(reason === undefined ? {} : { reason }),
  })
  const text = isNew
    ? `${formattedJson({ $schema: './budgets.schema.json', ...next })}\n`
    : editedJson(readFileSync(project.budgetFile, 'utf8'), next)
  return { text, entries: proposals.filter(isAccepted).length }
}

/**
 * Writes what is accepted into the budget file, as a whole or not at all.
 *
 * @returns What was done, in a line.
 * @throws {UsageError} as {@link tunedText} does, and for a file that cannot be written.
 */
export function writeTuned(opened: OpenTuning, proposed: ProposedFile, reason: string | undefined): string {
  const { project } = opened
  const name = path.relative(project.root, project.budgetFile)
  const { text, entries } = tunedText(opened, proposed, reason)
  if (entries === 0) return `${name} stays as it is: nothing changes`
  try {
    writeWhole(project.budgetFile, text)
  } catch (cause) {
    throw new UsageError(`${name} cannot be written: ${(cause as Error).message}`, { cause })
  }
  return `${name}: entries written: ${entries}`
}

function requireReason(proposals: readonly Proposal[], reason: string | undefined): void {
  const looser = proposals.filter(({ change }) => change === 'looser')
  if (looser.length === 0 || reason !== undefined) return
  const names = looser.map((proposal) => `\n  ${nameOf(proposal)}: ${proposal.what.join(', ')}`)
  throw new UsageError(
    `nothing is written: looser budgets need a --reason, which is stored with them:${names.join('')}`,
  )
}

/** A part of a file leaves the number of runs that the whole rests on; its own stands with its entries. */
function provenanceOf(
  { file, isNew, tuned, missing }: OpenTuning,
  { packages, runs }: ProposedFile,
  isWhole: boolean,
): BudgetFile['tuned'] {
  const versions = isWhole ? packages : { ...file.tuned.packages, ...packages }
  if (isNew || isWhole) return { ...tuned, packages: versions, runs }
  return { ...(missing ? file.tuned : { ...tuned, runs: file.tuned.runs }), packages: versions }
}
