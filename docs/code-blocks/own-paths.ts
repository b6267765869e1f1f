import { existsSync } from 'node:fs'
import path from 'node:path'
import { repository } from './blocks.ts'

/**
 * The paths in a text that are this repository's own, and in no project that has installed the package: sources, scripts and
 * fixtures are not packed. A reader's own `src/api.ts` is none of them, because nothing of that name is here.
 */
export function ownPathsIn(text: string): readonly string[] {
  const found = text.matchAll(/(?<![\w/.-])(?:\.\/)?((?:src|scripts|fixtures)\/[\w./-]+)/g)
  return [...found].map(([, name = '']) => name).filter((name) => existsSync(path.join(repository, name)))
}
