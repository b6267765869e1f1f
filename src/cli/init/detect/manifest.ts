import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { objectIn } from './object-in.ts'

/** What is read of a `package.json`. */
export interface Manifest {
  readonly name?: string
  readonly type?: string
  readonly main?: string
  readonly packageManager?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** A `package.json` with its text, which edits keep. */
export interface ManifestFile {
  readonly text: string
  readonly manifest: Manifest
}

/**
 * Reads the `package.json` of a folder.
 *
 * @throws {UsageError} where there is none, and for one that is no JSON object.
 */
export function readManifest(root: string): ManifestFile {
  const file = path.join(root, 'package.json')
  if (!existsSync(file)) {
    throw new UsageError(`${file} is missing; run init in the folder of the package whose client is to be measured`)
  }
  const text = readFileSync(file, 'utf8')
  const manifest: Manifest | undefined = objectIn(text)
  if (manifest === undefined) throw new UsageError(`${file} is no JSON object`)
  return { text, manifest }
}

/** All packages that a manifest asks for. */
export function dependenciesOf(manifest: Manifest): readonly string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest
  return [
    ...new Set(
      [dependencies, devDependencies, optionalDependencies, peerDependencies].flatMap((each) =>
        Object.keys(each ?? {}),
      ),
    ),
  ]
}
