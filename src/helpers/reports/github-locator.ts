import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import type { Verdict } from '../budgets/verdict.ts'
import type { Project } from '../trees/project.ts'
import { specFilesOf } from '../trees/spec-files.ts'
import { locateBudget, locateTuned } from './github-budget-line.ts'
import type { Place } from './github-command.ts'

/** A file with its path from the root of the repository. */
interface SourceText {
  readonly file: string
  readonly text: string
}

/** Where budgets can be stated. */
export interface BudgetSources {
  readonly specs: readonly SourceText[]
  readonly budgetFile?: SourceText
}

/**
 * The specs and the budget file of a project; what is not there, cannot be read or is outside of the repository is left out.
 *
 * @param repository Its root, as GitHub shows annotations of files by their paths from there. Default: the project's.
 */
export function budgetSources({ root, specs, budgetFile }: Project, repository = root): BudgetSources {
  const read = (file: string): SourceText[] => {
    try {
      const fromRoot = path.relative(realpathSync(repository), realpathSync(file)).replaceAll(path.sep, '/')
      if (fromRoot.startsWith('../') || path.isAbsolute(fromRoot)) return []
      return [{ file: fromRoot, text: readFileSync(file, 'utf8') }]
    } catch {
      return []
    }
  }
  const [budgets] = read(budgetFile)
  const files = specFilesOf({ specs })
  return {
    specs: files.flatMap((file) => read(path.join(specs, file))),
    ...(budgets === undefined ? {} : { budgetFile: budgets }),
  }
}

/** Finds the line on which the budget of a verdict is stated: in a spec, or else in the budget file. */
export function budgetLocator({ specs, budgetFile }: BudgetSources): (verdict: Verdict) => Place | undefined {
  return ({ client, scenario, budget }) => {
    for (const { file, text } of specs) {
      const line = locateBudget(text, client, scenario, matcherOf(budget))
      if (line !== undefined) return { file, line }
    }
    if (budgetFile === undefined) return undefined
    return { file: budgetFile.file, line: locateTuned(budgetFile.text, client, scenario) ?? 1 }
  }
}

/** The matcher that states a budget of this name. */
export function matcherOf(budget: string): string {
  if (/^throughput against (?:reference|base)$/.test(budget)) return 'toKeepUpWith'
  if (budget.startsWith('throughput against ')) return 'toReach'
  if (budget === 'throughput per second') return 'toSustain'
  return /^(?:p\d+ batch time|batches over) /.test(budget) ? 'toHoldItsTail' : 'toCost'
}
