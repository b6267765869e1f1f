import path from 'node:path'
import type { TestModule, Vitest } from 'vitest/node'
import { readBudgetFile } from '../budgets/budget-file.ts'
import { unmeasured } from '../budgets/completeness.ts'
import { machineOf } from '../reports/history/merged.ts'
import { latestFile } from '../reports/latest-file.ts'
import type { RunRecord } from '../reports/run-record.ts'
import { summaryLines } from '../reports/summary-lines.ts'
import { resultTables } from '../reports/table.ts'
import { writeRecord } from '../reports/write-record.ts'
import type { Project } from '../trees/project.ts'
import type { MergedRuns } from './merged-runs.ts'
import { missingModules } from './whole-run.ts'

/**
 * What is missing in runs that were merged: spec files that none of them had, and budgets that none measured. Asked of runs
 * that were told what to leave out, by file, name or tag, only as far as that leaves the question open.
 */
export async function lacksOfMerge(
  vitest: Pick<Vitest, 'globTestSpecifications'>,
  modules: readonly TestModule[],
  runs: MergedRuns,
  { budgetFile }: Pick<Project, 'budgetFile'>,
): Promise<readonly string[]> {
  if (runs.origins.some(({ selected }) => selected)) return []
  const missing = await missingModules(vitest, modules)
  if (missing.length > 0)
    return [`no merged run had ${missing.join(', ')}; a shard is missing, or was not asked for it`]
  if (runs.origins.some(({ tagged }) => tagged)) return []
  const measured = runs.entries.map(({ measurement }) => measurement)
  return unmeasured(readBudgetFile(budgetFile), measured).map(({ message }) => message)
}

/** The tables of each machine, and below them what they were put together from. */
export function printMerged(records: readonly RunRecord[], out: NodeJS.WritableStream): void {
  for (const { machine, entries, merged = [] } of records) {
    const of = records.length > 1 ? `${machineOf({ machine: machine.class, node: machine.node })}\n\n` : ''
    const seeds = [...new Set(merged.map(({ seed }) => seed))].join(', ')
    const runs = `${merged.length} ${merged.length === 1 ? 'run' : 'runs'} merged, seed ${seeds}`
    out.write(`\n${of}${resultTables(entries)}\n\n${summaryLines(entries).join('\n')}\n${runs}\n`)
  }
}

/**
 * Writes the one record of a merge, which says that it is one; it is not kept in the history, which is of what was measured
 * here. Results of two machines are no one record.
 *
 * @throws {UsageError} where it cannot be written.
 */
export function writeMerged(records: readonly RunRecord[], reports: string, say: (message: string) => void): void {
  const [record] = records
  if (record === undefined) return
  if (records.length > 1) {
    say('results of different machines are not written to one record')
    return
  }
  const file = latestFile(reports, record.seed, say)
  writeRecord(file, record)
  say(`the merged results are in ${path.relative(process.cwd(), file)}`)
}
