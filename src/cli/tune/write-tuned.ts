import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type BudgetFile, measurementsOf, parsedBudgets } from '../../helpers/budgets/budget-file.ts'
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
  /** How many entries change. */
  readonly entries: number
  /** How many stay as they are, and are known to be right again. */
  readonly confirmed: number
}

/**
 * The text of the budget file with what is accepted.
 *
 * @param reason Why budgets are loosened; undefined where nobody said.
 * @throws {UsageError} for a loosening without a reason, for a file of which a part would stay that was tuned elsewhere, for
 * one that has changed since this tuning began, and for what would be no budget file.
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
    date: opened.date,
    tunedAt: opened.tuned.date,
    tuned: provenanceOf(opened, proposed, isWhole && lacking.length === 0),
    ...(reason === undefined ? {} : { reason }),
  })
  requireUntouched(opened)
  const text = isNew
    ? `${formattedJson({ $schema: schemaFor(project.budgetFile), ...next })}\n`
    : editedJson(opened.text, next)
  parsedBudgets(text, `nothing is written: what ${path.relative(project.root, project.budgetFile)} would be`)
  const confirmed = proposals.filter(({ change }) => change === 'same').length
  return { text, entries: proposals.filter(isAccepted).length, confirmed }
}

/** Where editors find the schema: that of an installed package by its name, as what is below it differs by who installs. */
function schemaFor(budgetFile: string): string {
  const own = path.resolve(import.meta.dirname, '../../helpers/budgets/budgets.schema.json')
  if (own.split(path.sep).includes('node_modules')) {
    return '../node_modules/wiregauge/dist/helpers/budgets/budgets.schema.json'
  }
  return path.relative(path.dirname(budgetFile), own).replaceAll(path.sep, '/')
}

/** Measuring takes an hour: who has edited the file meanwhile, or has tuned it, is not to lose that. */
function requireUntouched({ project: { root, budgetFile }, isNew, text }: OpenTuning): void {
  const isThere = existsSync(budgetFile)
  if (isNew ? !isThere : isThere && readFileSync(budgetFile, 'utf8') === text) return
  throw new UsageError(
    `nothing is written: ${path.relative(root, budgetFile)} has changed since this tuning began; its runs are kept in ` +
      'reports/runs, and --from reads them',
  )
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
  const { text, entries, confirmed } = tunedText(opened, proposed, reason)
  if (entries + confirmed === 0) return `${name} stays as it is: nothing changes`
  try {
    writeWhole(project.budgetFile, text)
  } catch (cause) {
    throw new UsageError(`${name} cannot be written: ${(cause as Error).message}`, { cause })
  }
  return `${name}: entries written: ${entries}, confirmed: ${confirmed}`
}

function requireReason(proposals: readonly Proposal[], reason: string | undefined): void {
  const looser = proposals.filter(({ change }) => change === 'looser')
  if (looser.length === 0 || reason !== undefined) return
  const names = looser.map((proposal) => `\n  ${nameOf(proposal)}: ${proposal.what.join(', ')}`)
  throw new UsageError(
    `nothing is written: looser budgets need a --reason, which is stored with them:${names.join('')}`,
  )
}

/** Date, machine and runs are those of the last tuning of the whole; of a part they stand with its entries. */
function provenanceOf(
  { file, isNew, tuned, libraries }: OpenTuning,
  proposed: ProposedFile,
  isWhole: boolean,
): BudgetFile['tuned'] {
  const { proposals, packages, runs } = proposed
  if (isNew || isWhole) return { ...tuned, packages, runs }
  const told = new Set(
    proposals.flatMap(({ change, client, scenario }) => (change === 'refused' ? [] : `${client} ${scenario}`)),
  )
  // A package is of the version that all of its budgets were tuned on.
  const isToldWhole = (name: string): boolean =>
    measurementsOf(proposed.file).every(
      ({ client, scenario }) => libraries.get(client) !== name || told.has(`${client} ${scenario}`),
    )
  const versions = Object.entries(packages).filter(
    ([name]) => file.tuned.packages[name] === undefined || isToldWhole(name),
  )
  return { ...file.tuned, packages: { ...file.tuned.packages, ...Object.fromEntries(versions) } }
}
