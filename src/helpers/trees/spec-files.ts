import { globSync } from 'node:fs'
import type { Project } from './project.ts'

/** The specs of a project by name, in order: whatever a test runner would load, in TypeScript or not, as either kind of module. */
export function specFilesOf({ specs }: Pick<Project, 'specs'>): readonly string[] {
  return globSync('*.test.{ts,mts,cts,js,mjs,cjs}', { cwd: specs }).sort()
}
