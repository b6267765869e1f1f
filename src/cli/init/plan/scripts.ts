import path from 'node:path'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { editedJson } from '../../../helpers/reports/edited-json.ts'
import type { ManifestFile } from '../detect/manifest.ts'
import type { Change } from './change.ts'

/** Scripts that a project gets. */
export interface Scripts {
  /** Runs the gate alone. */
  readonly perf: string
  /** What `test` is to be, from what it is; undefined where it gates as it stands. */
  readonly test: (old: string | undefined) => string | undefined
}

/** What `npm init` puts there. */
const placeholder = /no test specified/

/**
 * The `package.json` with the scripts of the gate.
 *
 * @throws {UsageError} where a script of the name is there already.
 */
export function withScripts({ text, manifest }: ManifestFile, scripts: Scripts, root: string): Change {
  const { perf: taken, test: old } = manifest.scripts ?? {}
  if (taken !== undefined) {
    throw new UsageError(
      `nothing is written: package.json has a script "perf" already (${taken}); init never overwrites, so rename it first`,
    )
  }
  const known = old === undefined || placeholder.test(old) ? undefined : old
  const test = scripts.test(known)
  const added = { perf: scripts.perf, ...(test !== undefined && { test }) }
  const file = path.join(root, 'package.json')
  return { file, before: text, text: editedJson(text, { ...manifest, scripts: { ...manifest.scripts, ...added } }) }
}
