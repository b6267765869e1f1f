import { globSync } from 'node:fs'
import type { Project } from './project.ts'

/**
 * The specs of a project by name, in order: whatever a test runner would load, in TypeScript or not, as either kind of module.
 * Those that the other tests of a project are to leave alone are named `api.perf.ts`, which no runner takes by default.
 */
export function specFilesOf({ specs }: Pick<Project, 'specs'>): readonly string[] {
  return globSync('*.{test,perf}.{ts,mts,cts,js,mjs,cjs}', { cwd: specs }).sort()
}
