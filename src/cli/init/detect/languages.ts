import { existsSync } from 'node:fs'
import path from 'node:path'
import { dependenciesOf, type Manifest } from './manifest.ts'

/** What the files that are written are named and written like. */
export interface Language {
  /** Ending of ES modules: `.ts`, or `.mts` in a package of CommonJS; without TypeScript `.js` and `.mjs`. */
  readonly ending: '.ts' | '.mts' | '.js' | '.mjs'
  readonly typescript: boolean
}

/** The language of a project: TypeScript where it has that among its packages, or settings for it. */
export function languageOf(root: string, manifest: Manifest): Language {
  const typescript = dependenciesOf(manifest).includes('typescript') || existsSync(path.join(root, 'tsconfig.json'))
  // A module without `type` is taken for CommonJS first, and read again with a warning.
  if (manifest.type === 'module') return { ending: typescript ? '.ts' : '.js', typescript }
  return { ending: typescript ? '.mts' : '.mjs', typescript }
}
