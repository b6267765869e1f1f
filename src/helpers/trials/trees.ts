import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isRunning } from '../measure/is-running.ts'
import { type Change, unchanged } from './change.ts'
import { copyPackages, packageClosure } from './package-closure.ts'

/** A copy of a client's packages in a folder of its own, which disposal removes. */
export interface TrialTree extends Disposable {
  /** The folder, as {@link import('../measure/measurement.ts').MeasurementPlan} has trees. */
  readonly root: string
}

/**
 * Copies packages with all that they need out of a project, and changes the copy. Both arms of a trial are such copies,
 * so that they differ in nothing but the change.
 *
 * @param libraries Package names, e.g. `axios`.
 * @throws when a package is not installed, or the change does not fit it.
 */
export function openTrialTree(project: string, libraries: readonly string[], change: Change = unchanged): TrialTree {
  // Modules are known by their real paths, and the folder for temporary files is a link on some systems.
  const folder = realpathSync(tmpdir())
  removeAbandoned(folder)
  const root = mkdtempSync(path.join(folder, `wiregauge-trial-${process.pid}-`))
  const remove = (): void => removeTree(root)
  try {
    copyPackages(packageClosure(libraries, project), project, root)
    writeFileSync(path.join(root, 'package.json'), '{ "private": true, "type": "module" }\n')
    change.apply(path.join(root, 'node_modules'), project)
  } catch (error) {
    remove()
    throw error
  }
  return { root, [Symbol.dispose]: remove }
}

/** Removes the trees of processes that were killed before they could. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, owner] = /^wiregauge-trial-(\d+)-/.exec(name) ?? []
    if (owner === undefined || isRunning(Number(owner))) continue
    try {
      removeTree(path.join(folder, name))
    } catch {
      // Somebody else's, who alone may remove it.
    }
  }
}

function removeTree(root: string): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 })
}
