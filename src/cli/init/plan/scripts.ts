import path from 'node:path'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { editedJson } from '../../../helpers/reports/edited-json.ts'
import type { Manifest, ManifestFile } from '../detect/manifest.ts'
import type { PackageManager } from '../detect/package-manager.ts'
import type { Change } from './change.ts'

/** Scripts that a project gets. */
export interface Scripts {
  /** Runs the gate alone. */
  readonly perf: string
  /** What runs the tests where no script does. Default: there are none. */
  readonly tests?: string
  /** Whether the tests have the gate among them as they stand. Default: it comes after them. */
  readonly together?: boolean
}

/** What scripts are written for. */
interface Place {
  readonly root: string
  readonly manager: Pick<PackageManager, 'run'>
  /** Command that builds what is measured, before every run: a build from before would hide what has changed. Default: none. */
  readonly build?: string
}

/** What `npm init` puts there. */
const placeholder = /no test specified/

/** The script that runs the tests of a project; undefined where none does. */
export function testScriptOf({ scripts }: Manifest): string | undefined {
  const test = scripts?.['test']
  return test === undefined || placeholder.test(test) ? undefined : test
}

/** @throws {UsageError} where a script of the gate's name is there already. */
export function requireNoScript({ scripts }: Manifest): void {
  const taken = scripts?.['perf']
  if (taken === undefined) return
  throw new UsageError(
    `nothing is written: package.json has a script "perf" already (${taken}); init never overwrites, so rename it first`,
  )
}

/**
 * The `package.json` with the scripts of the gate. A script that is there stays as it is, and only gets more after it.
 *
 * @throws {UsageError} where a script of the name is there already.
 */
export function withScripts(
  { text, manifest }: ManifestFile,
  { perf, tests, together = false }: Scripts,
  { root, manager, build }: Place,
): Change {
  requireNoScript(manifest)
  const old = testScriptOf(manifest)
  const others = old ?? tests
  const alone = `${manager.run} perf`
  const first = build === undefined ? '' : `${build} && `
  const apart = others === undefined ? alone : `${others} && ${alone}`
  // The gate builds by itself; the tests that have it among them may not.
  const test = !together ? apart : build !== undefined && others?.includes(build) ? others : first + (others ?? alone)
  const added = { perf: first + perf, test }
  const file = path.join(root, 'package.json')
  return { file, before: text, text: editedJson(text, { ...manifest, scripts: { ...manifest.scripts, ...added } }) }
}
