import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { type Project, projectAt } from '../../helpers/trees/project.ts'
import { stagingFolder } from '../../helpers/trees/staging-folder.ts'
import { type TemporaryFolder, temporaryFolder } from '../../helpers/trees/temporary-folder.ts'

/**
 * A folder inside of a project in which what is to be written is tried and measured first: modules there find the packages of
 * the project. Disposal removes it, and a later `init` removes what a killed one left.
 */
export interface Staging extends Disposable {
  readonly folder: string
  /** The project with specs, budget file and reports in that folder. */
  readonly project: Project
  /** Writes a file of the folder of the specs. */
  write(name: string, text: string): void
}

/** @throws {UsageError} where nothing can be written to the project. */
export function stagingIn(root: string): Staging {
  const parent = path.join(root, stagingFolder)
  const temporary = temporaryIn(parent)
  const specs = path.join(temporary.folder, 'perf')
  mkdirSync(specs)
  return {
    folder: temporary.folder,
    project: {
      ...projectAt(root),
      specs,
      budgetFile: path.join(specs, 'budgets.json'),
      reports: path.join(temporary.folder, 'reports'),
    },
    write: (name, text) => writeFileSync(path.join(specs, name), text),
    [Symbol.dispose]() {
      temporary[Symbol.dispose]()
      try {
        rmdirSync(parent)
      } catch {
        // Another init is at work there.
      }
    },
  }
}

function temporaryIn(parent: string): TemporaryFolder {
  try {
    return temporaryFolder(parent)
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`nothing is written: nothing can be tried in the project: ${problem}`, { cause })
  }
}
